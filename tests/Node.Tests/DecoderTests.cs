using System;
using System.Collections.Generic;
using System.Globalization;
using Chain.Consensus.Core;
using Chain.Consensus.Light;
using Chain.Node.Export;
using Chain.Node.Founding;
using Chain.Node.Peers.Messages;
using Chain.Node.Rpc.Server;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Snapshots;
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
        DecoderCase.Versioned<PeerMessage>(PeerMessage.TryDecode, message => message.Encode(), Messages()) with
        {
            Covers = ["PeerMessageCodec.TryDecode"],
        },
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
            Name = "GenesisContribution.TryParse",
            Samples = [Contribution()],
            Accepts = bytes =>
            {
                bool isRead = GenesisContribution.TryParse(bytes, out GenesisContribution? contribution, out string error);
                Assert.Equal(isRead, contribution is not null && error.Length == 0);
                return isRead;
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

    private static byte[] Contribution()
    {
        using PrivateKey account = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
        using PrivateKey validator = PrivateKey.FromSeed(Sha256.Hash([2]).Span);
        using PrivateKey node = PrivateKey.FromSeed(Sha256.Hash([3]).Span);
        return GenesisContribution.Sign("sample-1", "one", "one.example:26656", account, validator, node).ToJson();
    }

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

    private static byte[][] Messages()
    {
        Hash256 hash = Sha256.Hash([2]);
        Height height = new(300);
        PublicKey key = PublicKey.From(new byte[PublicKey.Size]);
        Assert.True(ValidatorSet.TryCreate([new ValidatorUpdate(key, 10)], out ValidatorSet set, out string error), error);
        BlockMeta meta = MetaOf(5);
        PeerMessage[] messages =
        [
            new PeerMessage.Standing(height, new(1), new Round(1), Step.Prevote, [new(new Round(0), true, false, new byte[] { 1 }, default)]),
            new PeerMessage.Transactions([[1, 2], [3]]),
            new PeerMessage.TransactionsKnown([hash, hash]),
            new PeerMessage.TransactionsWanted([hash]),
            new PeerMessage.BodiesWanted(height, meta.Id, [1, 300]),
            new PeerMessage.Bodies(meta.Id, [new(1, [5]), new(300, [6])]),
            new PeerMessage.BlocksWanted(height, 5),
            new PeerMessage.Decided(new byte[] { 1 }, Commit.Empty),
            new PeerMessage.SnapshotsWanted(height),
            new PeerMessage.SnapshotOffered(new SnapshotManifest(height, [hash, hash, hash], [[], [hash], []])),
            new PeerMessage.ChunkWanted(height, 5),
            new PeerMessage.ChunkOf(height, 5, new byte[] { 1, 2, 3 }),
            new PeerMessage.LightBlockWanted(height),
            new PeerMessage.LightBlockOf(new LightBlock(meta.Header, Commit.Empty, set)),
            new PeerMessage.ResultsWanted(height),
            new PeerMessage.ResultsOf(height, new byte[] { 1, 2, 3 }),
        ];
        return Array.ConvertAll(messages, static message => message.Encode());
    }

    private static byte[] Frame(byte[] payload)
    {
        byte[] frame = new byte[WalRecord.HeaderBytes + payload.Length];
        WalRecord.Write(frame, payload, durable: 900, SegmentHeight, at: 0);
        return frame;
    }
}
