using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>What must hold between the parts of a genesis whose fields are well-formed.</summary>
internal static class GenesisRules
{
    public static void Check(GenesisDocument document, FieldReader fields, FieldReader state, List<GenesisError> errors)
    {
        if (document.StateFile is { } file)
        {
            CheckStateFile(document, file, fields, state);
            return;
        }
        SortedSet<Address> accounts = [];
        UInt128 credits = 0;
        foreach (GenesisAccount account in document.Accounts)
        {
            credits += account.Balance;
            if (!accounts.Add(account.Address)) state.Fail("accounts", $"{account.Address} stands here twice");
        }
        SortedDictionary<Address, ulong> stakes = [];
        foreach (GenesisProvider provider in document.Providers)
        {
            credits += provider.Stake;
            if (!stakes.TryAdd(provider.Address, provider.Stake)) state.Fail("providers", $"{provider.Address} stands here twice");
            if (provider.Capacity.Count == 0) state.Fail("providers", $"{provider.Address} has no capacity");
            bool isStaked = provider.Stake >= document.Parameters.StakeMinProvider;
            if (!isStaked) state.Fail("providers", $"the stake of {provider.Address} is below stake_min_provider");
        }
        if (credits > ulong.MaxValue) state.Fail("accounts", "all credits together must stay below 2^64 ncredit");
        CheckSeats(document, fields, state, stakes);
    }

    /// <summary>A chain that continues another has the other's state and nothing beside it, and a name of its own.</summary>
    private static void CheckStateFile(GenesisDocument document, GenesisStateFile file, FieldReader fields, FieldReader state)
    {
        bool isAlone = document.Accounts.Count + document.Providers.Count + document.Seats.Count
            + document.Accreditations.Count + document.Accesses.Count == 0;
        if (!isAlone) state.Fail("state_file", "the state comes from the file, so the lists beside it must be empty");
        if (file.ChainId == document.ChainId) fields.Fail("chain_id", "is that of the exported chain; a chain id is never used again");
        if (document.InitialHeight - 1 != file.Height) fields.Fail("initial_height", $"must follow the state file's height {file.Height}");
        if (document.AppHash is null) fields.Fail("app_hash", "must be that of the state file");
    }

    /// <summary>Validators are providers: each has exactly one seat, each seat one validator, and no provider has two.</summary>
    private static void CheckSeats(
        GenesisDocument document, FieldReader fields, FieldReader state, SortedDictionary<Address, ulong> stakes)
    {
        if (document.Validators.Count > Limits.ValidatorsMax) fields.Fail("validators", $"at most {Limits.ValidatorsMax} may stand here");
        SortedDictionary<Address, long> powers = [];
        foreach (GenesisValidator validator in document.Validators) powers[validator.PublicKey.Address] = validator.Power;
        SortedSet<Address> seated = [];
        foreach (GenesisSeat seat in document.Seats)
        {
            Address consensus = seat.ConsensusKey.Address;
            bool isStaked = stakes.TryGetValue(seat.Provider, out ulong stake);
            bool isOpen = powers.Remove(consensus, out long power);
            long wanted = SeatPower.Of(stake, document.Parameters);
            if (!isOpen) state.Fail("seats", $"{consensus.ToHex()} is no validator, or has a seat already");
            else if (isStaked && power != wanted) fields.Fail("validators", $"{consensus.ToHex()} must have the power {wanted} that its seat gives");
            if (!isStaked) state.Fail("seats", $"{seat.Provider} is not among the providers");
            if (!seated.Add(seat.Provider)) state.Fail("seats", $"{seat.Provider} has a seat already");
        }
        foreach (Address consensus in powers.Keys) fields.Fail("validators", $"{consensus.ToHex()} has no seat in app_state.seats");
    }
}
