using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Chain.Client.Light;
using Chain.Client.Tests.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Store;

namespace Chain.Client.Tests.Light;

/// <summary>A small real state at height 1, the header of height 2 with its hash, and four validators who signed it.</summary>
internal sealed class ProvenState
{
    public const string ChainId = "test-1";

    private readonly StateStore _store;
    private readonly PrivateKey[] _keys;

    /// <param name="absent">How many of the four did not sign.</param>
    public ProvenState(int absent = 0)
    {
        MemoryStore memory = new();
        _store = new StateStore(memory);
        WriteBatch batch = new();
        SortedDictionary<StateKey, byte[]?> changes = [];
        for (byte i = 1; i <= 20; i++) changes[new StateKey(StoreId.Market, [i])] = [0x91, i];
        Hash256 appHash = _store.Prepare(new Height(1), changes, batch);
        memory.Write(batch, sync: true);

        _keys = [.. Enumerable.Range(0, 4).Select(i => PrivateKey.FromSeed(HashOf($"validator {i}").Span))];
        Assert.True(ValidatorSet.TryCreate([.. _keys.Select(k => new ValidatorUpdate(k.PublicKey, 10))], out ValidatorSet set, out _));
        Validators = set;
        Header = NewHeader(appHash);
        Commit = Sign(absent);
    }

    public ValidatorSet Validators { get; }

    public Header Header { get; }

    public Commit Commit { get; }

    /// <summary>The parts of a proof file for a key of the market store, free to be changed.</summary>
    public JsonObject ProofJson(byte key)
    {
        Assert.True(_store.TryProve(StoreId.Market, [key], new Height(1), out StateProof? proof));
        return new JsonObject
        {
            ["format"] = "chain/state-proof/1",
            ["store"] = "market",
            ["key"] = Hex.Lower([key]),
            ["abci_query"] = CometJson.Query(proof),
            ["commit"] = new JsonObject
            {
                ["signed_header"] = new JsonObject { ["header"] = CometJson.Header(Header), ["commit"] = CometJson.Commit(Commit) },
            },
            ["validators"] = new JsonArray([.. Validators.Validators.Select(v => (JsonNode)CometJson.Validator(v))]),
        };
    }

    public ProofBundle Bundle(byte key) => ProofBundle.FromJson(ProofJson(key).ToJsonString());

    private static Hash256 HashOf(string text) => Sha256.Hash(Encoding.UTF8.GetBytes(text));

    private Header NewHeader(Hash256 appHash) => new()
    {
        VersionApp = 1,
        ChainId = ChainId,
        Height = new Height(2),
        Time = new Timestamp(1_700_000_000, 5),
        LastBlockId = new BlockId(HashOf("block 1"), new PartSetHeader(1, HashOf("parts 1"))),
        LastCommitHash = HashOf("last commit"),
        DataHash = HashOf(""),
        ValidatorsHash = Validators.Hash(),
        NextValidatorsHash = Validators.Hash(),
        ConsensusHash = HashOf("consensus"),
        AppHash = appHash,
        LastResultsHash = HashOf(""),
        EvidenceHash = HashOf(""),
        ProposerAddress = Validators.Proposer.Address,
    };

    private Commit Sign(int absent)
    {
        BlockId id = new(Header.Hash(), new PartSetHeader(1, HashOf("parts 2")));
        CommitSig[] signatures = new CommitSig[Validators.Count];
        for (int i = 0; i < signatures.Length; i++)
        {
            Address address = Validators.Validators[i].Address;
            Timestamp time = new(1_700_000_001, i);
            PrivateKey key = _keys.Single(k => k.PublicKey.Address == address);
            byte[] signBytes = SignBytes.Vote(ChainId, VoteType.Precommit, Header.Height, Round.Zero, id, time);
            signatures[i] = i < absent ? CommitSig.Absent : new CommitSig(BlockIdFlag.Commit, address, time, key.Sign(signBytes));
        }
        return new Commit(Header.Height, Round.Zero, id, signatures);
    }
}
