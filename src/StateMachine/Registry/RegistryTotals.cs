using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// Sums over everybody with a role, so that nobody has to walk over them all. They are brought up to date at the end of each block
/// from what it changed; within a block they are those of its beginning.
/// </summary>
/// <param name="VoteCap">What of one stake counts in votes, as it was when this was summed.</param>
/// <param name="VoteStake">Bonded stake of all roles, each up to the cap, ncredit.</param>
/// <param name="Classes">By resource class, from the first on.</param>
public sealed record RegistryTotals(ulong VoteCap, ulong VoteStake, IReadOnlyList<ClassUse> Classes)
{
    private const int CodecVersion = 1;
    private const int ClassCount = (int)ResourceClass.Gpu;

    private static readonly RegistryTotals None = new(0, 0, new ClassUse[ClassCount]);

    public ClassUse Of(ResourceClass resource) => Classes[(int)resource - 1];

    public static RegistryTotals Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Market.MarketSchema.RegistryTotals));
        if (bytes is null) return None;
        bool isCanonical = TryDecode(bytes, out RegistryTotals totals, out _);
        Invariant.Holds(isCanonical, "the stored totals are canonical");
        return totals;
    }

    /// <summary>
    /// The totals after a block's changes. Another cap has everybody summed anew; that comes with a change of parameters, or a genesis.
    /// </summary>
    public static RegistryTotals After(StateOverlay state, IStateReader committed, ulong voteCap)
    {
        RegistryTotals before = Load(state);
        bool isAnew = before.VoteCap != voteCap;
        Int128 votes = isAnew ? 0 : before.VoteStake;
        Int128[] total = new Int128[ClassCount];
        Int128[] leased = new Int128[ClassCount];
        for (int i = 0; !isAnew && i < ClassCount; i++) (total[i], leased[i]) = (before.Classes[i].Total, before.Classes[i].Leased);
        if (isAnew)
        {
            foreach (byte prefix in (ReadOnlySpan<byte>)[Schema.Provider, Schema.RoleHolder])
            {
                byte[] from = Schema.Key(prefix);
                foreach ((byte[] _, byte[] value) in state.Range(StoreId.Market, from, Schema.RangeEnd(from)))
                {
                    votes += Add(prefix, value, 1, voteCap, total, leased);
                }
            }
        }
        else
        {
            foreach ((StateKey key, byte[]? value) in state.Changes)
            {
                if (key.Store != StoreId.Market || key.Bytes[0] is not (Schema.Provider or Schema.RoleHolder)) continue;
                votes += Add(key.Bytes[0], committed.Get(key.Store, key.Bytes), -1, voteCap, total, leased);
                votes += Add(key.Bytes[0], value, 1, voteCap, total, leased);
            }
        }
        ClassUse[] classes = new ClassUse[ClassCount];
        for (int i = 0; i < ClassCount; i++) classes[i] = new ClassUse((ulong)total[i], (ulong)leased[i]);
        return new RegistryTotals(voteCap, (ulong)votes, classes);
    }

    public void Store(StateOverlay state) =>
        state.Put(StoreId.Market, Schema.Key(Market.MarketSchema.RegistryTotals), Encode());

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(4).UInt(CodecVersion).UInt(VoteCap).UInt(VoteStake).Array(ClassCount);
        foreach (ClassUse use in Classes) writer.Array(2).UInt(use.Total).UInt(use.Leased);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out RegistryTotals totals, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ulong cap = reader.UInt();
        ulong votes = reader.UInt();
        reader.Array(ClassCount);
        ClassUse[] classes = new ClassUse[ClassCount];
        for (int i = 0; i < ClassCount && reader.IsOk; i++)
        {
            reader.Array(2);
            classes[i] = new ClassUse(reader.UInt(), reader.UInt());
            reader.EndArray();
            if (classes[i].Leased > classes[i].Total) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        totals = new RegistryTotals(cap, votes, classes);
        return reader.TryFinish(out error);
    }

    public bool Equals(RegistryTotals? other) => other is not null && Encode().AsSpan().SequenceEqual(other.Encode());

    public override int GetHashCode() => unchecked((int)VoteStake);

    /// <summary>Adds a record's units with a sign, and answers its part of the votes with the same.</summary>
    private static Int128 Add(byte prefix, byte[]? value, int sign, ulong voteCap, Int128[] total, Int128[] leased)
    {
        if (value is null) return 0;
        if (prefix == Schema.RoleHolder) return sign * (Int128)Math.Min(RoleHolders.BondedOf(value), voteCap);
        Provider provider = Providers.Decode(value);
        foreach (ClassCapacity entry in provider.Capacity)
        {
            int place = (int)entry.Class - 1;
            total[place] += sign * (Int128)(provider.MayBid ? entry.Total : entry.Leased);
            leased[place] += sign * (Int128)entry.Leased;
        }
        return sign * (Int128)Math.Min(provider.Bonded, voteCap);
    }
}
