using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Consensus.Tests.Recovery;

public sealed class WalRecordTests
{
    private static readonly TestSet Set = TestSet.Equal(4);

    private static readonly BlockId A = TestSet.Block('a');

    internal static WalRecord[] Samples =>
    [
        new WalRecord.HeightStarted(new Height(7), 5000),
        new WalRecord.WorkSeen(new Height(7)),
        new WalRecord.ProposalSeen(TestSet.Propose('a', 3, polRound: 1, height: 7), -5),
        new WalRecord.ProposalSeen(TestSet.Propose('a', 0, height: 7), TestSet.StartMs),
        new WalRecord.VoteSeen(Set.Sign(Set.Prevote(2, 300, A, height: 7))),
        new WalRecord.VoteSeen(Set.Sign(Set.Precommit(0, 0, BlockId.Nil, height: 7))),
        new WalRecord.ValueJudged(new Height(7), A, true, TestSet.TimeOf('a')),
        new WalRecord.ValueJudged(new Height(7), A, false, default),
        new WalRecord.BlockStored(new Height(7), A, Enumerable.Range(0, 700).Select(i => (byte)(i & 0xff)).ToArray()),
        new WalRecord.TimeoutFired(new Timeout(new Height(7), new Round(70_000), TimeoutKind.Precommit)),
        new WalRecord.TimeoutFired(new Timeout(new Height(7), Round.Zero, TimeoutKind.EmptyBlock)),
        new WalRecord.Decided(new Commit(new Height(7), new Round(1), A, [CommitSig.Absent, new CommitSig(BlockIdFlag.Nil, Set.AddressOf(1), TestSet.Genesis, default)])),
    ];

    public static TheoryData<int> Indexes => new(Enumerable.Range(0, Samples.Length));

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Record_of_every_kind_comes_back_and_encodes_to_the_same_bytes(int index)
    {
        WalRecord record = Samples[index];
        byte[] bytes = record.Encode();
        Assert.True(WalRecord.TryDecode(bytes, out WalRecord decoded, out DecodeError error), error.ToString());
        Assert.Equal(record.GetType(), decoded.GetType());
        Assert.Equal(bytes, decoded.Encode());
        Assert.Equal(new Height(7), decoded.AtHeight);
        if (record is not (WalRecord.BlockStored or WalRecord.Decided)) Assert.Equal(record, decoded);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Record_that_is_cut_grown_or_changed_never_throws_and_stays_canonical(int index)
    {
        byte[] bytes = Samples[index].Encode();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(WalRecord.TryDecode(bytes.AsSpan(0, length), out _, out _));
        }
        Assert.False(WalRecord.TryDecode([.. bytes, 0], out _, out DecodeError trailing));
        Assert.Equal(DecodeCode.TrailingBytes, trailing.Code);
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. bytes];
                changed[at] = (byte)value;
                if (WalRecord.TryDecode(changed, out WalRecord decoded, out _)) Assert.Equal(changed, decoded.Encode());
            }
        }
    }

    [Fact]
    public void Record_of_an_unknown_kind_or_version_is_refused()
    {
        List<byte[]> unknown = [[0x93, 0x02, 0x02, 0x01], [0x93, 0x01, 0x09, 0x01], [0x93, 0x01, 0x00, 0x01]];
        foreach (byte[] bytes in unknown)
        {
            Assert.False(WalRecord.TryDecode(bytes, out _, out DecodeError error));
            Assert.Equal(DecodeCode.Unknown, error.Code);
        }
        Assert.False(WalRecord.TryDecode([0x94, 0x01, 0x02, 0x01, 0x01], out _, out DecodeError arity));
        Assert.Equal(DecodeCode.WrongArity, arity.Code);
    }
}
