using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Blocks;

/// <summary>
/// Validators in CometBFT's order (power descending, then address ascending) with their proposer priorities. Immutable:
/// every change gives a new set. The arithmetic is CometBFT's to the integer (<c>types/validator_set.go</c>).
/// </summary>
public sealed class ValidatorSet
{
    /// <summary>Priorities may spread over at most this many times the total power.</summary>
    private const long PriorityWindowFactor = 2;

    private readonly Validator[] _validators;

    private ValidatorSet(Validator[] validators, int proposerIndex)
    {
        _validators = validators;
        ProposerIndex = proposerIndex;
        foreach (Validator validator in validators) TotalPower += validator.Power;
        Invariant.Holds(TotalPower is > 0 and <= Limits.TotalVotingPowerMax, "the total voting power is in range");
    }

    public IReadOnlyList<Validator> Validators => _validators;

    public int Count => _validators.Length;

    public long TotalPower { get; }

    /// <summary>Place of the proposer that the last increment chose.</summary>
    public int ProposerIndex { get; }

    public Validator Proposer => _validators[ProposerIndex];

    /// <summary>A fresh set, as <c>NewValidatorSet</c>: all members join at once, then the rotation takes one step.</summary>
    public static bool TryCreate(IReadOnlyList<ValidatorUpdate> members, out ValidatorSet set, out string error)
    {
        set = null!;
        if (!ValidatorSetChange.TryApply([], 0, members, out Validator[] validators, out error)) return false;
        set = new ValidatorSet(validators, 0).Increment(1);
        return true;
    }

    /// <summary>
    /// The set with changes applied (<c>UpdateWithChangeSet</c>), priorities rescaled and centred. False, with a reason, on a
    /// duplicate, a negative power, the removal of a stranger or of everybody, or too much total power.
    /// </summary>
    public bool TryUpdate(IReadOnlyList<ValidatorUpdate> changes, out ValidatorSet updated, out string error)
    {
        updated = this;
        error = "";
        if (changes.Count == 0) return true;
        if (!ValidatorSetChange.TryApply(_validators, TotalPower, changes, out Validator[] validators, out error)) return false;
        updated = new ValidatorSet(validators, 0).WithProposerByPriority();
        return true;
    }

    /// <summary>Place of a validator, or −1.</summary>
    public int IndexOf(in Address address)
    {
        for (int i = 0; i < _validators.Length; i++)
        {
            if (_validators[i].Address == address) return i;
        }
        return -1;
    }

    /// <summary>Advances the proposer rotation by <paramref name="times"/> steps, at least one.</summary>
    public ValidatorSet Increment(int times)
    {
        Invariant.Holds(times >= 1, "the rotation moves forward");
        long[] priorities = new long[_validators.Length];
        for (int i = 0; i < priorities.Length; i++) priorities[i] = _validators[i].ProposerPriority;
        Rescale(priorities, TotalPower);
        Centre(priorities);
        int proposer = 0;
        for (int step = 0; step < times; step++)
        {
            for (int i = 0; i < priorities.Length; i++) priorities[i] = AddClipped(priorities[i], _validators[i].Power);
            proposer = IndexOfHighest(priorities);
            priorities[proposer] = AddClipped(priorities[proposer], -TotalPower);
        }
        return new ValidatorSet(WithPriorities(_validators, priorities), proposer);
    }

    /// <summary>validators_hash: Merkle root over key and power in set order.</summary>
    public Hash256 Hash()
    {
        List<byte[]> leaves = new(_validators.Length);
        foreach (Validator validator in _validators) leaves.Add(validator.ToSimpleProto());
        return MerkleTree.Root(leaves);
    }

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        writer.Array(2).Array(_validators.Length);
        foreach (Validator validator in _validators)
        {
            writer.Array(3).Bin(validator.PublicKey).Int(validator.Power).Int(validator.ProposerPriority);
        }
        return ref writer.UInt((ulong)ProposerIndex);
    }

    public static ValidatorSet? Read(ref MessagePackReader reader)
    {
        reader.Array(2);
        int count = reader.ArrayHeader(Limits.ValidatorsMax);
        if (count == 0) reader.Fail(DecodeCode.OutOfRange);
        Validator[] validators = new Validator[count];
        long total = 0;
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(3);
            validators[i] = new Validator(reader.PublicKey(), reader.Int(1, Limits.TotalVotingPowerMax), reader.Int());
            reader.EndArray();
            total += validators[i].Power;
            if (total > Limits.TotalVotingPowerMax) reader.Fail(DecodeCode.OutOfRange);
            if (i > 0 && CompareInSet(validators[i - 1], validators[i]) >= 0) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        int proposer = (int)reader.UInt32((uint)Math.Max(count - 1, 0));
        reader.EndArray();
        return reader.IsOk ? new ValidatorSet(validators, proposer) : null;
    }

    /// <summary>Power descending, then address ascending.</summary>
    internal static int CompareInSet(Validator left, Validator right)
    {
        int byPower = right.Power.CompareTo(left.Power);
        return byPower != 0 ? byPower : left.Address.CompareTo(right.Address);
    }

    /// <summary>Shrinks the spread of priorities to twice the total power, dividing as Go does (towards zero).</summary>
    internal static void Rescale(Span<long> priorities, long totalPower)
    {
        long window = PriorityWindowFactor * totalPower;
        long min = long.MaxValue;
        long max = long.MinValue;
        foreach (long priority in priorities)
        {
            min = Math.Min(min, priority);
            max = Math.Max(max, priority);
        }
        Int128 spread = (Int128)max - min;
        if (spread <= window) return;
        long ratio = (long)((spread + window - 1) / window);
        for (int i = 0; i < priorities.Length; i++) priorities[i] /= ratio;
    }

    /// <summary>Subtracts the average, rounded down (Go's big.Int Div), from every priority.</summary>
    internal static void Centre(Span<long> priorities)
    {
        Int128 sum = 0;
        foreach (long priority in priorities) sum += priority;
        Int128 average = sum / priorities.Length;
        if (sum < 0 && average * priorities.Length != sum) average -= 1;
        for (int i = 0; i < priorities.Length; i++) priorities[i] = (long)Int128.Clamp(priorities[i] - average, long.MinValue, long.MaxValue);
    }

    internal static Validator[] WithPriorities(ReadOnlySpan<Validator> validators, ReadOnlySpan<long> priorities)
    {
        Validator[] changed = new Validator[validators.Length];
        for (int i = 0; i < changed.Length; i++) changed[i] = validators[i] with { ProposerPriority = priorities[i] };
        return changed;
    }

    /// <summary>
    /// CometBFT leaves the old proposer in an updated set, which may have left it. Nobody asks before the next increment
    /// chooses one, so any member will do.
    /// </summary>
    private ValidatorSet WithProposerByPriority()
    {
        long[] priorities = new long[_validators.Length];
        for (int i = 0; i < priorities.Length; i++) priorities[i] = _validators[i].ProposerPriority;
        return new ValidatorSet(_validators, IndexOfHighest(priorities));
    }

    /// <summary>The highest priority; between equals, the smaller address.</summary>
    private int IndexOfHighest(ReadOnlySpan<long> priorities)
    {
        int best = 0;
        for (int i = 1; i < priorities.Length; i++)
        {
            bool isTie = priorities[i] == priorities[best];
            bool beats = isTie ? _validators[i].Address < _validators[best].Address : priorities[i] > priorities[best];
            if (beats) best = i;
        }
        return best;
    }

    private static long AddClipped(long left, long right) =>
        (long)Int128.Clamp((Int128)left + right, long.MinValue, long.MaxValue);
}
