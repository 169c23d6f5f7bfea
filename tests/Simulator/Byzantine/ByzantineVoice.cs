using System;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Simulator.Cluster;
using Chain.Simulator.Network;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;

namespace Chain.Simulator.Byzantine;

/// <summary>Changes what leaves a faulty validator, with its own key where a signature is needed.</summary>
internal sealed class ByzantineVoice(ByzantineKind kind, PrivateKey key, Dice dice, Totals totals)
{
    private const int BlocksKept = 8;

    private readonly Dictionary<BlockId, PeerMessage.Proposed?> _twisted = [];
    private readonly List<(Height Height, BlockId Id)> _blocks = [];
    private readonly WrongLastCommit _wrongLastCommit = new(key, dice);

    public IEnumerable<(Channel Channel, ReadOnlyMemory<byte> Message)> Leaving(
        SimulatedPeer to, Channel channel, ReadOnlyMemory<byte> bytes)
    {
        if (kind is ByzantineKind.Twins or ByzantineKind.Amnesia || !PeerMessage.TryDecode(bytes.Span, out PeerMessage message, out DecodeError _))
        {
            return [(channel, bytes)];
        }
        if (message is PeerMessage.Proposed seen) Learn(seen.Proposal.Height, seen.Proposal.BlockId);
        if (kind == ByzantineKind.Garbage) return Spoil(channel, bytes);
        PeerMessage? twisted = message switch
        {
            PeerMessage.VoteCast cast when cast.Vote.ValidatorAddress == key.PublicKey.Address => Twist(to, cast),
            PeerMessage.Proposed proposed when IsOwn(proposed) => Twist(to, proposed),
            _ => message,
        };
        if (ReferenceEquals(twisted, message)) return [(channel, bytes)];
        totals.ByzantineActs++;
        return twisted is null ? [] : [(channel, twisted.Encode())];
    }

    /// <summary>Even and odd peers are told different things.</summary>
    private static bool IsOtherSide(SimulatedPeer to) => to.Other % 2 == 0;

    private PeerMessage.VoteCast? Twist(SimulatedPeer to, PeerMessage.VoteCast cast)
    {
        switch (kind)
        {
            case ByzantineKind.Silent:
                return null;
            case ByzantineKind.Withholds:
                return (to.Other + (int)cast.Vote.Height.Value) % 2 == 0 ? null : cast;
            case ByzantineKind.Equivocates:
                return IsOtherSide(to) ? Signed(cast.Vote, OtherThan(cast.Vote)) : cast;
            case ByzantineKind.Contrary:
                return Signed(cast.Vote, cast.Vote.Height.Value % 2 == 0 ? BlockId.Nil : OtherThan(cast.Vote));
            default:
                return cast;
        }
    }

    private PeerMessage.Proposed? Twist(SimulatedPeer to, PeerMessage.Proposed proposed) => kind switch
    {
        ByzantineKind.Silent => null,
        ByzantineKind.Withholds => IsOtherSide(to) ? null : proposed,
        ByzantineKind.Equivocates => IsOtherSide(to) ? TwistOnce(proposed, Second) : proposed,
        ByzantineKind.WrongProposals => TwistOnce(proposed, Wrong),
        ByzantineKind.FreshProposals when proposed.Proposal.PolRound > Round.None => TwistOnce(proposed, Second),
        _ => proposed,
    };

    private PeerMessage.VoteCast Signed(Vote vote, BlockId id)
    {
        Vote changed = vote with { BlockId = id };
        return new PeerMessage.VoteCast(changed with { Signature = key.Sign(changed.SignBytes(ClusterGenesis.ChainId)) });
    }

    /// <summary>Another block of this height, if one was proposed; else nil for a block, and the block itself for nil.</summary>
    private BlockId OtherThan(Vote vote)
    {
        foreach ((Height height, BlockId id) in _blocks)
        {
            if (height == vote.Height && id != vote.BlockId) return id;
        }
        return vote.BlockId.IsNil && _blocks.Count > 0 ? _blocks[^1].Id : BlockId.Nil;
    }

    private PeerMessage.Proposed TwistOnce(PeerMessage.Proposed proposed, Func<Block, Block> change)
    {
        if (_twisted.TryGetValue(proposed.Proposal.BlockId, out PeerMessage.Proposed? known) && known!.Proposal.Round == proposed.Proposal.Round) return known;
        // Without its transactions, whose bodies the outline does not hold, the block can be named.
        Header header = proposed.Outline.Header with
        {
            DataHash = Block.DataHash([]),
            EvidenceHash = Block.EvidenceHash([]),
            ProposerAddress = key.PublicKey.Address,
        };
        Block block = change(new Block(header, [], [], proposed.Outline.LastCommit));
        Proposal proposal = proposed.Proposal with { PolRound = Round.None, BlockId = block.Id(), Timestamp = block.Header.Time };
        proposal = proposal with { Signature = key.Sign(proposal.SignBytes(ClusterGenesis.ChainId)) };
        PeerMessage.Proposed twisted = new(proposal, BlockOutline.Of(block, []));
        Learn(proposal.Height, proposal.BlockId);
        _twisted[proposed.Proposal.BlockId] = twisted;
        return twisted;
    }

    /// <summary>As good as the first one.</summary>
    private static Block Second(Block block) => block with { Header = block.Header with { Time = block.Header.Time.AddMs(1) } };

    /// <summary>A block that is wrong in its header, or right in all but the commit of the block before.</summary>
    private Block Wrong(Block block)
    {
        if (dice.Chance(500) && _wrongLastCommit.Draw(block.LastCommit) is { } commit)
        {
            return block with { LastCommit = commit, Header = block.Header with { LastCommitHash = commit.Hash() } };
        }
        return block with { Header = Wrong(block.Header) };
    }

    private Header Wrong(Header header) => dice.Below(7) switch
    {
        0 => header with { AppHash = Hash256.From(dice.Bytes(Hash256.Size)) },
        1 => header with { Time = header.Time.AddMs(3_600_000) },
        2 => header with { Time = header.Time.AddMs(-3_600_000) },
        3 => header with { ValidatorsHash = Hash256.From(dice.Bytes(Hash256.Size)) },
        4 => header with { LastResultsHash = Hash256.From(dice.Bytes(Hash256.Size)) },
        5 => header with { ProposerAddress = Address.From(dice.Bytes(Address.Size)) },
        _ => header with { Height = header.Height.Next },
    };

    /// <summary>Others' proposals pass through here as well, to whoever lacks them; only the key can tell.</summary>
    private bool IsOwn(PeerMessage.Proposed proposed) =>
        Ed25519.Verify(key.PublicKey, proposed.Proposal.SignBytes(ClusterGenesis.ChainId), proposed.Proposal.Signature);

    private void Learn(Height height, BlockId id)
    {
        if (_blocks.Contains((height, id))) return;
        if (_blocks.Count == BlocksKept) _blocks.RemoveAt(0);
        _blocks.Add((height, id));
    }

    private List<(Channel, ReadOnlyMemory<byte>)> Spoil(Channel channel, ReadOnlyMemory<byte> bytes)
    {
        List<(Channel, ReadOnlyMemory<byte>)> leaving = [];
        int roll = dice.Below(100);
        if (roll >= 3)
        {
            leaving.Add((channel, bytes));
            return leaving;
        }
        totals.ByzantineActs++;
        if (roll == 0)
        {
            leaving.Add((channel, dice.Bytes(dice.Below(200))));
            return leaving;
        }
        byte[] damaged = bytes.ToArray();
        damaged[dice.Below(damaged.Length)] ^= (byte)(1 << dice.Below(8));
        if (roll == 1) leaving.Add(((Channel)dice.Between(1, 6), bytes));
        leaving.Add((channel, damaged));
        return leaving;
    }
}
