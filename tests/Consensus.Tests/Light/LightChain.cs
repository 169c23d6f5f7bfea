using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Tests.Light;

/// <summary>Makes headers with real commits, by keys that the test names by number.</summary>
internal static class LightChain
{
    public const string ChainId = "light-1";

    public const long HourMs = 3_600_000;

    /// <summary>2006-01-02T15:04:05Z, CometBFT's time of the trusted header.</summary>
    public static readonly Timestamp Start = new(1_136_214_245, 0);

    public static readonly LightOptions Options = new(3 * HourMs, 10_000, TrustLevel.OneThird);

    /// <summary>The validator with number n has power 10·n, so that the test reads off who is who.</summary>
    public static ValidatorSet SetOf(params int[] numbers) => PoweredSetOf(numbers.Select(n => (n, 10L * n)).ToArray());

    public static ValidatorSet PoweredSetOf(params (int Number, long Power)[] members)
    {
        List<ValidatorUpdate> updates = members.Select(m => new ValidatorUpdate(KeyOf(m.Number).PublicKey, m.Power)).ToList();
        Assert.True(ValidatorSet.TryCreate(updates, out ValidatorSet set, out string error), error);
        return set;
    }

    public static Header HeaderOf(
        long height, Timestamp time, ValidatorSet set, ValidatorSet? next = null, string chainId = ChainId, string app = "app") => new()
    {
        VersionApp = 1,
        ChainId = chainId,
        Height = new Height(height),
        Time = time,
        LastBlockId = BlockId.Nil,
        LastCommitHash = Hash("commit"),
        DataHash = Hash("data"),
        ValidatorsHash = set.Hash(),
        NextValidatorsHash = (next ?? set).Hash(),
        ConsensusHash = Hash("params"),
        AppHash = Hash(app),
        LastResultsHash = Hash("results"),
        EvidenceHash = Hash("evidence"),
        ProposerAddress = set.Proposer.Address,
    };

    /// <summary>A block of this header, signed by the members with these numbers; the others are absent.</summary>
    public static LightBlock Signed(Header header, ValidatorSet set, int[] signers, int round = 1)
    {
        BlockId id = new(header.Hash(), new PartSetHeader(1, Hash("parts")));
        CommitSig[] entries = Enumerable.Repeat(CommitSig.Absent, set.Count).ToArray();
        foreach (int number in signers)
        {
            PrivateKey key = KeyOf(number);
            int place = set.IndexOf(key.PublicKey.Address);
            byte[] bytes = SignBytes.Vote(header.ChainId, VoteType.Precommit, header.Height, new Round(round), id, header.Time);
            entries[place] = new CommitSig(BlockIdFlag.Commit, key.PublicKey.Address, header.Time, key.Sign(bytes));
        }
        return new LightBlock(header, new Commit(header.Height, new Round(round), id, entries), set);
    }

    /// <summary>A chain of one block an hour from height 1, signed by all; the set of each height as given.</summary>
    public static LightBlock[] Chain(params ValidatorSet[] sets) => Chain("app", sets);

    /// <param name="app">The app hash from height 2 on, so that two chains may differ.</param>
    public static LightBlock[] Chain(string app, params ValidatorSet[] sets)
    {
        LightBlock[] chain = new LightBlock[sets.Length];
        for (int i = 0; i < sets.Length; i++)
        {
            ValidatorSet next = sets[System.Math.Min(i + 1, sets.Length - 1)];
            Header header = HeaderOf(i + 1, Start.AddMs(i * 1000), sets[i], next, app: i == 0 ? "app" : app);
            if (i > 0) header = header with { LastBlockId = chain[i - 1].Commit.BlockId };
            chain[i] = Signed(header, sets[i], NumbersOf(sets[i]));
        }
        return chain;
    }

    public static int[] NumbersOf(ValidatorSet set) =>
        Enumerable.Range(1, 60).Where(n => set.IndexOf(KeyOf(n).PublicKey.Address) >= 0).ToArray();

    public static Hash256 Hash(string text) => Sha256.Hash(System.Text.Encoding.UTF8.GetBytes(text));

    public static PrivateKey KeyOf(int number)
    {
        byte[] seed = new byte[Ed25519.SeedSize];
        seed[0] = (byte)number;
        seed[31] = 77;
        return PrivateKey.FromSeed(seed);
    }
}
