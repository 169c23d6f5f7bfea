using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Recovery;
using Chain.Consensus.Tests.Recovery;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Tests.Shared;

namespace Chain.Consensus.Tests;

public sealed class DecoderTests
{
    private static readonly DecoderSuite Suite = new(
        typeof(SignGuard).Assembly,
        DecoderCase.Canonical<SignGuard>(SignGuard.TryDecode, guard => guard.Encode(), Guards()),
        DecoderCase.Canonical<WalRecord>(
            WalRecord.TryDecode, record => record.Encode(), [.. WalRecordTests.Samples.Select(record => record.Encode())])
            with { Covers = ["WalCodec.TryDecode"] });

    public static IEnumerable<TheoryDataRow<string>> Decoders => Suite.Rows;

    [Fact]
    public void Every_decoder_has_samples() => Suite.CoversEveryDecoder();

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Mutated_bytes_never_throw_and_what_is_accepted_is_canonical(string decoder) => Suite.Run(decoder);

    private static byte[][] Guards()
    {
        Hash256 genesis = TestSet.Block('g').Hash;
        SignGuard armed = SignGuard.Arm(genesis);
        SignRequest precommit = new(
            VoteType.Precommit, new Height(5), new Round(1), TestSet.Block('a'), Round.None, TestSet.TimeOf('a'));
        return
        [
            armed.Encode(),
            SignGuard.ArmAbove(genesis, new Height(300)).Encode(),
            armed.After(TestSet.ChainId, precommit, default).Encode(),
            armed.After(TestSet.ChainId, precommit with { BlockId = BlockId.Nil }, default).Encode(),
        ];
    }
}
