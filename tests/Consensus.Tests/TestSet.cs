using System.Linq;
using Chain.Consensus.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Tests;

/// <summary>A validator set with its keys in set order, and the votes, proposals and blocks that the tests name.</summary>
internal sealed class TestSet
{
    public const string ChainId = "test-1";

    public const long StartMs = 1_700_000_000_000;

    public static readonly Timestamp Genesis = Timestamp.FromUnixMs(StartMs);

    public static readonly ConsensusTiming Timing = new(1000, 500, 500, 250, 250, 125, 505, 2000);

    private readonly PrivateKey[] _keys;

    public TestSet(params long[] powers)
    {
        PrivateKey[] keys = Enumerable.Range(0, powers.Length).Select(KeyOf).ToArray();
        ValidatorUpdate[] members = keys.Select((key, i) => new ValidatorUpdate(key.PublicKey, powers[i])).ToArray();
        Assert.True(ValidatorSet.TryCreate(members, out ValidatorSet set, out string error), error);
        Validators = set;
        _keys = set.Validators.Select(validator => keys.Single(key => key.PublicKey == validator.PublicKey)).ToArray();
    }

    public ValidatorSet Validators { get; }

    public static TestSet Equal(int count) => new(Enumerable.Repeat(1L, count).ToArray());

    public Address AddressOf(int index) => Validators.Validators[index].Address;

    /// <summary>A block id that the tests know by a letter; its time is a second after the start for a, two for b, …</summary>
    public static BlockId Block(char name)
    {
        Hash256 hash = Sha256.Hash([(byte)name]);
        return new BlockId(hash, new PartSetHeader(1, Sha256.Hash(hash.Span)));
    }

    public static Timestamp TimeOf(char name) => Genesis.AddMs(1000 * (name - 'a' + 1));

    public Vote Prevote(int index, int round, BlockId id, long height = 1) => Vote(VoteType.Prevote, index, round, id, height);

    public Vote Precommit(int index, int round, BlockId id, long height = 1) => Vote(VoteType.Precommit, index, round, id, height);

    public Vote Vote(VoteType type, int index, int round, BlockId id, long height = 1) =>
        new(type, new Height(height), new Round(round), id, Genesis.AddMs(round + 1), AddressOf(index), index, default);

    public static Proposal Propose(char name, int round, int polRound = -1, long height = 1) =>
        new(new Height(height), new Round(round), new Round(polRound), Block(name), TimeOf(name), default);

    public Vote Sign(Vote vote) =>
        vote with { Signature = _keys[vote.ValidatorIndex].Sign(vote.SignBytes(ChainId)) };

    public Signature SignBytes(int index, byte[] bytes) => _keys[index].Sign(bytes);

    public Input.HeightStarted Start(long height = 1, long waitMs = 0, Commit? lastCommit = null) => new(
        new Height(height), Validators, lastCommit ?? Commit.Empty, Genesis, Timing, waitMs);

    private static PrivateKey KeyOf(int number)
    {
        byte[] seed = new byte[Ed25519.SeedSize];
        seed[0] = (byte)number;
        seed[1] = (byte)(number >> 8);
        return PrivateKey.FromSeed(seed);
    }
}
