using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;

namespace Chain.Primitives.Blocks;

/// <summary>Applies changes to a validator set, step by step as CometBFT's <c>updateWithChangeSet</c>.</summary>
internal static class ValidatorSetChange
{
    public static bool TryApply(
        IReadOnlyList<Validator> current,
        long currentTotal,
        IReadOnlyList<ValidatorUpdate> changes,
        out Validator[] result,
        out string error)
    {
        result = [];
        SortedDictionary<Address, ValidatorUpdate> byAddress = [];
        if (!TryCheck(changes, byAddress, out error)) return false;

        // The newcomers' priority depends on the total after updates and before removals; the limit holds after both.
        Int128 totalAfterUpdates = currentTotal;
        Int128 removed = 0;
        SortedDictionary<Address, Validator> members = [];
        foreach (Validator validator in current) members.Add(validator.Address, validator);
        foreach ((Address address, ValidatorUpdate change) in byAddress)
        {
            bool isMember = members.TryGetValue(address, out Validator? member);
            if (change.Power == 0 && !isMember) error = $"validator {address.ToHex()} is not in the set and cannot be removed";
            if (change.Power > 0) totalAfterUpdates += change.Power - (member?.Power ?? 0);
            else removed += member?.Power ?? 0;
        }
        if (totalAfterUpdates - removed > Limits.TotalVotingPowerMax) error = "the total voting power exceeds its limit";
        if (error.Length > 0) return false;

        long newcomerPriority = -((long)totalAfterUpdates + ((long)totalAfterUpdates >> 3));
        foreach ((Address address, ValidatorUpdate change) in byAddress)
        {
            if (change.Power == 0) members.Remove(address);
            else if (members.TryGetValue(address, out Validator? member)) members[address] = member with { Power = change.Power };
            else members.Add(address, new Validator(change.PublicKey, change.Power, newcomerPriority));
        }
        if (members.Count == 0) error = "the change would leave no validator";
        else if (members.Count > Limits.ValidatorsMax) error = "the set would exceed the largest number of validators";
        if (error.Length > 0) return false;

        result = Finish(members);
        return true;
    }

    private static bool TryCheck(
        IReadOnlyList<ValidatorUpdate> changes, SortedDictionary<Address, ValidatorUpdate> byAddress, out string error)
    {
        error = "";
        foreach (ValidatorUpdate change in changes)
        {
            Address address = change.PublicKey.Address;
            if (change.Power < 0) error = $"validator {address.ToHex()} has negative power";
            else if (change.Power > Limits.TotalVotingPowerMax) error = $"the power of validator {address.ToHex()} is too large";
            else if (!byAddress.TryAdd(address, change)) error = $"validator {address.ToHex()} is changed twice";
            if (error.Length > 0) return false;
        }
        return true;
    }

    private static Validator[] Finish(SortedDictionary<Address, Validator> members)
    {
        Validator[] validators = new Validator[members.Count];
        long[] priorities = new long[members.Count];
        long total = 0;
        int count = 0;
        foreach (Validator member in members.Values)
        {
            validators[count] = member;
            priorities[count++] = member.ProposerPriority;
            total += member.Power;
        }
        ValidatorSet.Rescale(priorities, total);
        ValidatorSet.Centre(priorities);
        validators = ValidatorSet.WithPriorities(validators, priorities);
        Array.Sort(validators, ValidatorSet.CompareInSet);
        return validators;
    }
}
