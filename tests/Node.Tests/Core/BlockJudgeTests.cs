using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Rocks;
using Chain.Node.Tests.Export;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Core;

/// <summary>
/// Each condition of a block's validity, broken alone: the block is right in everything else, its hashes made again, so that no
/// other condition refuses it.
/// </summary>
public sealed class BlockJudgeTests : IAsyncLifetime
{
    private const int Blocks = 3;
    private static readonly Hash256 Other = Sha256.Hash([99]);

    private readonly StoppedNode _node = StoppedNode.Create();
    private Bench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        await _node.RunAsync(Blocks);
        _bench = new Bench(_node.Home);
    }

    public ValueTask DisposeAsync()
    {
        _bench.Dispose();
        _node.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Block_that_follows_the_tip_is_valid() => Assert.True(_bench.Judges(_bench.Good()));

    [Fact]
    public void Block_under_another_name_is_refused()
    {
        Block block = _bench.Good();
        Assert.False(_bench.Judges(block, block.Id() with { Hash = Other }));
        Assert.False(_bench.Judges(block, block.Id() with { Parts = new PartSetHeader(1, Other) }));
    }

    public static TheoryData<string> HeaderFields { get; } =
    [
        nameof(Header.VersionBlock), nameof(Header.VersionApp), nameof(Header.ChainId), nameof(Header.Height), nameof(Header.LastBlockId),
        nameof(Header.LastCommitHash), nameof(Header.DataHash), nameof(Header.ValidatorsHash), nameof(Header.NextValidatorsHash),
        nameof(Header.ConsensusHash), nameof(Header.AppHash), nameof(Header.LastResultsHash), nameof(Header.EvidenceHash),
    ];

    [Theory]
    [MemberData(nameof(HeaderFields))]
    public void Block_whose_header_says_something_else_is_refused(string field)
    {
        Header header = _bench.Good().Header;
        Header changed = field switch
        {
            nameof(Header.VersionBlock) => header with { VersionBlock = 12 },
            nameof(Header.VersionApp) => header with { VersionApp = header.VersionApp + 1 },
            nameof(Header.ChainId) => header with { ChainId = "test-2" },
            nameof(Header.Height) => header with { Height = header.Height.Next },
            nameof(Header.LastBlockId) => header with { LastBlockId = header.LastBlockId with { Hash = Other } },
            nameof(Header.LastCommitHash) => header with { LastCommitHash = Other },
            nameof(Header.DataHash) => header with { DataHash = Other },
            nameof(Header.ValidatorsHash) => header with { ValidatorsHash = Other },
            nameof(Header.NextValidatorsHash) => header with { NextValidatorsHash = Other },
            nameof(Header.ConsensusHash) => header with { ConsensusHash = Other },
            nameof(Header.AppHash) => header with { AppHash = Other },
            nameof(Header.LastResultsHash) => header with { LastResultsHash = Other },
            nameof(Header.EvidenceHash) => header with { EvidenceHash = Other },
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };
        Assert.False(_bench.Judges(_bench.Good() with { Header = changed }));
    }

    [Fact]
    public void Every_field_of_the_header_is_tried()
    {
        IEnumerable<string> fields = typeof(Header).GetProperties()
            .Where(static property => property.SetMethod is not null)
            .Select(static property => property.Name)
            // These two are the proposer's to choose, within the bounds of the tests below.
            .Except([nameof(Header.Time), nameof(Header.ProposerAddress)]);
        Assert.Equal(fields.Order(), HeaderFields.Select(static row => row.Data).Order());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Block_must_be_later_than_the_one_before(int milliseconds, bool expected) =>
        Assert.Equal(expected, _bench.Judges(_bench.Make(time: _bench.Tip.Time.AddMs(milliseconds))));

    [Fact]
    public void Block_of_a_proposer_without_a_seat_is_refused()
    {
        using PrivateKey stranger = PrivateKey.FromSeed(Sha256.Hash([5]).Span);
        Assert.False(_bench.Judges(_bench.Make(proposer: stranger.PublicKey.Address)));
    }

    [Fact]
    public void Block_with_a_transaction_that_is_none_is_refused() =>
        Assert.False(_bench.Judges(_bench.Make(transactions: [[1, 2, 3]])));

    public static TheoryData<string> BadCommits { get; } = ["forged", "short", "absent", "nil", "foreign", "earlier", "repeated", "renamed", "later round"];

    [Theory]
    [MemberData(nameof(BadCommits))]
    public void Block_whose_last_commit_does_not_hold_is_refused(string fault)
    {
        Commit good = _bench.Tip.Commit;
        CommitSig sig = good.Signatures[0];
        Commit bad = fault switch
        {
            // A signature of the right key over something else; the timestamp decides what was signed.
            "forged" => good with { Signatures = [sig with { Timestamp = sig.Timestamp.AddMs(1) }] },
            "short" => good with { Signatures = [] },
            "absent" => good with { Signatures = [CommitSig.Absent] },
            "nil" => good with { Signatures = [_bench.SignNil(good, sig)] },
            // Rightly signed for another block of the same height.
            "foreign" => _bench.SignFor(good with { BlockId = new BlockId(Other, new PartSetHeader(1, Other)) }),
            // The commit that the block before carried.
            "earlier" => _bench.CommitBefore(),
            "repeated" => good with { Signatures = [sig, sig] },
            "renamed" => good with { Signatures = [sig with { ValidatorAddress = Address.From(Other.Span[..Address.Size]) }] },
            "later round" => good with { Round = good.Round.Next },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        Assert.True(_bench.Judges(_bench.Make(commit: _bench.SignFor(good))), "a commit that is signed again holds");
        Assert.False(_bench.Judges(_bench.Make(commit: bad)));
    }

    [Fact]
    public void First_block_carries_no_commit()
    {
        using StoppedNode fresh = StoppedNode.Create();
        using Bench bench = new(fresh.Home);
        Assert.True(bench.Tip.BlockId.IsNil);
        Assert.True(bench.Judges(bench.Good()));
        Assert.False(bench.Judges(bench.Make(commit: Commit.Empty with { Signatures = [CommitSig.Absent] })));
        Assert.False(bench.Judges(bench.Make(commit: _bench.Tip.Commit)));
        // What no hash of the header covers.
        Assert.False(bench.Judges(bench.Make(commit: Commit.Empty with { Height = new Height(1) })));
        Assert.False(bench.Judges(bench.Make(commit: Commit.Empty with { Round = new Round(1) })));
        Assert.False(bench.Judges(bench.Make(commit: Commit.Empty with { BlockId = _bench.Tip.BlockId })));
    }

    /// <summary>A stopped node's store, opened, with the key that decides its blocks.</summary>
    private sealed class Bench : IDisposable
    {
        private const string ChainId = "test-1";

        private readonly RocksDbStore _store;
        private readonly PrivateKey _key;
        private readonly StateStore _state;
        private readonly BlockStore _blocks;
        private readonly BlockFactory _factory;

        public Bench(NodeHome home)
        {
            GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, home.ReadGenesis());
            _store = RocksDbStore.Open(home.StateFolder);
            _key = KeyFile.Load(home.ValidatorKeyFile);
            _state = new StateStore(_store);
            _blocks = new BlockStore(_store);
            _factory = new BlockFactory(ChainId, _state);
            Tip = TipLoader.Load(genesis, home.GenesisStateFile, _store, _state, _blocks);
        }

        public ChainTip Tip { get; }

        public Block Good() => Make();

        public Block Make(Commit? commit = null, byte[][]? transactions = null, Timestamp? time = null, Address? proposer = null) =>
            _factory.Make(Tip, commit ?? Tip.Commit, transactions ?? [], [], time ?? Tip.Time.AddMs(1), proposer ?? _key.PublicKey.Address);

        public bool Judges(Block block, BlockId? id = null) =>
            new BlockJudge(ChainId, _factory, _blocks, _state, Ed25519Verifier.Instance).Judge(Tip, block, id ?? block.Id()) is not null;

        public Commit CommitBefore() => _blocks.LoadBlock(Tip.Height)!.LastCommit;

        /// <summary>The commit with its one entry signed by the validator for what the commit says now.</summary>
        public Commit SignFor(Commit commit) =>
            commit with { Signatures = [commit.Signatures[0] with { Signature = _key.Sign(commit.SignBytesOf(0, ChainId)) }] };

        /// <summary>An honest precommit for nil: it is signed, and adds no power.</summary>
        public CommitSig SignNil(Commit commit, CommitSig sig)
        {
            Commit nil = commit with { Signatures = [sig with { Flag = BlockIdFlag.Nil }] };
            return SignFor(nil).Signatures[0];
        }

        public void Dispose()
        {
            _key.Dispose();
            _store.Dispose();
        }
    }
}
