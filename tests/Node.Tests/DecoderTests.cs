using System;
using System.Collections.Generic;
using System.Globalization;
using Chain.Node.Export;
using Chain.Node.Rpc.Server;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.Tests.Shared;

namespace Chain.Node.Tests;

public sealed class DecoderTests
{
    private const long SegmentBase = 1000;
    private const long SegmentHeight = 7;

    private static readonly string[] Names = ["store", "key", "value"];

    private static readonly DecoderSuite Suite = new(
        typeof(BlockMeta).Assembly,
        DecoderCase.Versioned<BlockMeta>(BlockMeta.TryDecode, meta => meta.Encode(), MetaOf(1).Encode(), MetaOf(70_000).Encode()),
        DecoderCase.Versioned<BlockResults>(BlockResults.TryDecode, results => results.Encode(), Results()),
        new DecoderCase
        {
            // The checksum refuses nearly everything; what stands after a sound record is not looked at.
            Name = "WalRecord.TryRead",
            Samples = [Frame([1]), Frame(new byte[300])],
            Accepts = bytes =>
            {
                if (!WalRecord.TryRead(bytes, 0, SegmentBase, SegmentHeight, out long durable, out ReadOnlySpan<byte> payload)) return false;
                byte[] again = new byte[WalRecord.HeaderBytes + payload.Length];
                WalRecord.Write(again, payload, durable, SegmentHeight, at: 0);
                Assert.True(bytes.AsSpan(0, again.Length).SequenceEqual(again));
                return true;
            },
        },
        new DecoderCase
        {
            Name = "StateLine.TryRead",
            Samples = DecoderCase.BytesOf(StateLine.Write(Names, "market", "01ff", "02"), StateLine.Write(Names, "", "", "")),
            Accepts = bytes =>
            {
                string line = DecoderCase.TextOf(bytes);
                if (!StateLine.TryRead(Names, line, out string[]? values)) return false;
                Assert.Equal(line, StateLine.Write(Names, values));
                return true;
            },
        },
        new DecoderCase
        {
            Name = "EventQuery.TryParse",
            Samples = DecoderCase.BytesOf(
                "tm.event='Tx'", "tm.event = 'NewBlock' AND tx.height=5", "lease.provider='a b' AND tm.event='Tx' AND x-y_z.w=''"),
            Accepts = bytes =>
            {
                bool isRead = EventQuery.TryParse(DecoderCase.TextOf(bytes), out EventQuery query, out string error);
                if (!isRead) Assert.NotEmpty(error);
                _ = query.Matches(new Dictionary<string, List<string>> { [EventQuery.EventKey] = ["Tx"] });
                return isRead;
            },
        });

    public static IEnumerable<TheoryDataRow<string>> Decoders => Suite.Rows;

    [Fact]
    public void Every_decoder_has_samples() => Suite.CoversEveryDecoder();

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Mutated_bytes_never_throw_and_what_is_accepted_is_canonical(string decoder) => Suite.Run(decoder);

    private static BlockMeta MetaOf(int size)
    {
        Hash256 hash = Sha256.Hash([1]);
        BlockId id = new(hash, new PartSetHeader(1, hash));
        Header header = new()
        {
            VersionApp = 1,
            ChainId = "sample-1",
            Height = new Height(size),
            Time = new Timestamp(5, 6),
            LastBlockId = id,
            LastCommitHash = hash,
            DataHash = hash,
            ValidatorsHash = hash,
            NextValidatorsHash = hash,
            ConsensusHash = hash,
            AppHash = hash,
            LastResultsHash = hash,
            EvidenceHash = hash,
            ProposerAddress = Address.From(hash.Span[..Address.Size]),
        };
        return new BlockMeta(header, id, size, 3);
    }

    private static byte[][] Results()
    {
        Event happened = new("Transfer", [new("to", "somebody"), new("amount", 300.ToString(CultureInfo.InvariantCulture))]);
        PublicKey key = PublicKey.From(new byte[PublicKey.Size]);
        BlockResults empty = new([], [], [], null, default);
        return
        [
            empty.Encode(),
            new BlockResults(
                [new TransactionResult(0, new byte[32], 100, 90, [happened, happened]), new TransactionResult(400, default, 1, 0, [])],
                [happened], [new ValidatorUpdate(key, 10)], new ConsensusParams(1, -1), default).Encode(),
        ];
    }

    private static byte[] Frame(byte[] payload)
    {
        byte[] frame = new byte[WalRecord.HeaderBytes + payload.Length];
        WalRecord.Write(frame, payload, durable: 900, SegmentHeight, at: 0);
        return frame;
    }
}
