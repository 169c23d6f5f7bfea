using System;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.Simulator.Network;
using Chain.Simulator.Options;

namespace Chain.Simulator.Faults;

/// <summary>
/// The worst moment for locks, as an adversary who delays messages would choose it. Some nodes get no block and precommit nil;
/// the others lock it; one of these sees enough precommits to decide, while its own reaches nobody, or sees none. The rest must
/// go to the next round, where one of those without the block proposes another.
/// </summary>
/// <param name="Decider">From this node only proposals and prevotes leave.</param>
/// <param name="Blind">To these come neither proposals nor blocks.</param>
/// <param name="Decides">The decider hears precommits.</param>
internal sealed record LockTrap(int Decider, HashSet<int> Blind, bool Decides)
{
    private const int Tries = 20;

    /// <summary>Without the decider and the blind no two thirds are left; without either group alone they are, if powers allow.</summary>
    public static LockTrap Draw(IReadOnlyList<long> powers, Dice dice)
    {
        long total = 0;
        foreach (long power in powers) total += power;
        LockTrap trap = new(dice.Below(powers.Count), [], dice.Chance(600));
        for (int i = 0; i < Tries; i++)
        {
            trap = new LockTrap(dice.Below(powers.Count), [], dice.Chance(600));
            long blind = 0;
            while ((Int128)(powers[trap.Decider] + blind) * 3 < total)
            {
                int next = dice.Below(powers.Count);
                if (next != trap.Decider && trap.Blind.Add(next)) blind += powers[next];
            }
            if (trap.Blind.Count > 0 && (Int128)blind * 3 < total && (Int128)powers[trap.Decider] * 3 < total) return trap;
        }
        return trap;
    }

    public bool Swallows(SimulatedPeer from, Channel channel, ReadOnlyMemory<byte> bytes)
    {
        if (from.Owner == Decider && channel != Channel.Proposals && !IsVote(VoteType.Prevote, channel, bytes)) return true;
        if (channel is Channel.Proposals or Channel.Blocks && Blind.Contains(from.Other)) return true;
        return !Decides && from.Other == Decider && IsVote(VoteType.Precommit, channel, bytes);
    }

    public override string ToString() =>
        $"a trap for locks: n{Decider} {(Decides ? "may" : "cannot")} decide, no block for n{string.Join(", n", Blind)}";

    private static bool IsVote(VoteType type, Channel channel, ReadOnlyMemory<byte> bytes) =>
        channel == Channel.Votes && PeerMessage.TryDecode(bytes.Span, out PeerMessage message, out DecodeError _)
        && message is PeerMessage.VoteCast cast && cast.Vote.Type == type;
}
