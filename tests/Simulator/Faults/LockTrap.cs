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
/// The worst moments for locks, as an adversary who delays messages would choose them. Some nodes get no block, so they
/// vote nil. Then one of the others decides while its precommit reaches nobody, and the rest must go to the next round, where a
/// node without the block may propose another (L23). Or it does not decide, and its precommit completes the others' old round
/// when they have left it (L49). Or only some see the polka and lock, too many to decide without them and too few to decide with,
/// and only a proposal with that polka can go on (L28).
/// </summary>
/// <param name="Key">The node that decides alone, or whose prevote makes the polka.</param>
/// <param name="Blind">To these come neither proposals nor blocks.</param>
/// <param name="Deaf">These do not hear the key's prevotes; where there are none, nobody hears its precommits.</param>
/// <param name="Decides">The key hears precommits; else it cannot decide.</param>
internal sealed record LockTrap(int Key, HashSet<int> Blind, HashSet<int> Deaf, bool Decides)
{
    private const int Tries = 20;

    /// <summary>Without the key and the blind no two thirds are left; without either of them there are, if powers allow.</summary>
    public static LockTrap Draw(IReadOnlyList<long> powers, Dice dice)
    {
        long total = 0;
        foreach (long power in powers) total += power;
        bool splits = dice.Chance(400);
        LockTrap trap = new(dice.Below(powers.Count), [], [], dice.Chance(600));
        for (int i = 0; i < Tries; i++)
        {
            trap = new LockTrap(dice.Below(powers.Count), [], [], trap.Decides);
            long blind = 0;
            while ((Int128)(powers[trap.Key] + blind) * 3 < total)
            {
                int next = dice.Below(powers.Count);
                if (next != trap.Key && trap.Blind.Add(next)) blind += powers[next];
            }
            if (trap.Blind.Count > 0 && (Int128)blind * 3 < total && (Int128)powers[trap.Key] * 3 < total) break;
        }
        for (int node = 0; node < powers.Count && splits; node++)
        {
            if (node != trap.Key && !trap.Blind.Contains(node) && dice.Chance(500)) trap.Deaf.Add(node);
        }
        return trap;
    }

    public bool Swallows(SimulatedPeer from, Channel channel, ReadOnlyMemory<byte> bytes)
    {
        if (channel is Channel.Proposals or Channel.Blocks && Blind.Contains(from.Other)) return true;
        if (Deaf.Count > 0) return from.Owner == Key && Deaf.Contains(from.Other) && IsVote(VoteType.Prevote, channel, bytes);
        if (from.Owner == Key) return channel != Channel.Proposals && !IsVote(VoteType.Prevote, channel, bytes);
        return from.Other == Key && !Decides && IsVote(VoteType.Precommit, channel, bytes);
    }

    public override string ToString() => $"a trap for locks: no block for n{string.Join(", n", Blind)}; "
        + (Deaf.Count > 0 ? $"no prevote of n{Key} for n{string.Join(", n", Deaf)}" : $"n{Key} {(Decides ? "may decide alone" : "cannot decide, nor is heard")}");

    private static bool IsVote(VoteType type, Channel channel, ReadOnlyMemory<byte> bytes) =>
        channel == Channel.Votes && PeerMessage.TryDecode(bytes.Span, out PeerMessage message, out DecodeError _)
        && message is PeerMessage.VoteCast cast && cast.Vote.Type == type;
}
