using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Storage.Blocks;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;

namespace Chain.Node.Tests.Peers;

/// <summary>A node that follows, whose clock stands at the genesis, and the chain of one validator that its peers give it.</summary>
internal sealed class Follower : IDisposable
{
    private readonly CrashHome _home;
    private readonly List<StoredBlock> _chain = [];

    /// <param name="heights">Of the validator's chain.</param>
    public Follower(long heights, Parameters? parameters = null)
    {
        using (CrashHome home = new(parameters))
        using (CrashNode validator = new(home, static (_, _) => { }))
        {
            validator.Begin();
            while (validator.Tip.Height.Value < heights) validator.Step();
            for (Height at = new(1); at.Value <= heights; at = at.Next) _chain.Add(validator.Blocks.Load(at)!);
        }
        _home = new CrashHome(parameters, seed: 9);
        Node = new CrashNode(_home, static (_, _) => { });
        Node.Begin();
    }

    public CrashNode Node { get; }

    /// <summary>Unix milliseconds by the follower's clock.</summary>
    public long NowMs => _home.Time.NowMs;

    /// <summary>Where the core stands.</summary>
    public (Height Height, Step Step) Place => (Node.Core.Look()!.Height, Node.Core.Look()!.Step);

    public void Dispose()
    {
        Node.Dispose();
        _home.Dispose();
    }

    /// <summary>A peer comes, which says that it holds the blocks up to <paramref name="tip"/>.</summary>
    /// <param name="isValidator">It is the node of the one validator.</param>
    public FakePeer Connect(byte number, long tip, bool isValidator = false)
    {
        FakePeer peer = isValidator ? new(number) { Id = _home.Owner.PublicKey.Address } : new(number);
        Node.Core.Connected(peer);
        Node.Core.Handle(peer, new PeerMessage.Standing(new Height(tip + 1), new Height(1), Round.Zero, Step.Propose, []));
        return peer;
    }

    /// <summary>Time passes, in which the node looks after what it waits for.</summary>
    public void Tick(long forMs)
    {
        for (long passed = 0; passed < forMs; passed += PeerLimits.TickMs)
        {
            _home.Time.Advance(PeerLimits.TickMs);
            Node.Core.Tick();
        }
    }

    /// <summary>The next timer of the node fires.</summary>
    public void FireTimer() => Node.Step();

    /// <summary>The validator's blocks, from the first one on.</summary>
    public List<StoredBlock> Chain => _chain;

    public StoredBlock Block(int height) => _chain[height - 1];

    public PeerMessage.Decided Decided(int height) => new(Block(height).Block.Encode(), Block(height).SeenCommit);

    public PeerMessage.OutlineOf Outline(int height) => new(Block(height).Id, PeerVoice.OutlineOf(Block(height).Block));

    /// <summary>The one validator's precommit, which is a whole commit.</summary>
    public PeerMessage.VoteCast Precommit(int height)
    {
        Commit commit = Block(height).SeenCommit;
        CommitSig sig = commit.Signatures[0];
        return new PeerMessage.VoteCast(new Vote(
            VoteType.Precommit, commit.Height, commit.Round, commit.BlockId, sig.Timestamp, sig.ValidatorAddress, 0, sig.Signature));
    }

    /// <summary>The commit with the validator's signature under what it says now.</summary>
    public static Commit SignAgain(Commit commit)
    {
        using PrivateKey key = ValidatorKey();
        return commit with
        {
            Signatures = [commit.Signatures[0] with { Signature = key.Sign(commit.SignBytesOf(0, CrashHome.ChainId)) }],
        };
    }

    /// <summary>The validator's proposal of some block, rightly signed.</summary>
    public static Proposal SignProposal(Height height, Round round)
    {
        using PrivateKey key = ValidatorKey();
        BlockId id = new(Sha256.Hash([3]), new PartSetHeader(1, Sha256.Hash([4])));
        Proposal proposal = new(height, round, Round.None, id, new Timestamp(1_800_000_000, 0), default);
        return proposal with { Signature = key.Sign(proposal.SignBytes(CrashHome.ChainId)) };
    }

    private static PrivateKey ValidatorKey() => PrivateKey.FromSeed(Sha256.Hash([1]).Span);
}
