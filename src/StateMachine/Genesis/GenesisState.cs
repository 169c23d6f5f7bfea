using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Prices;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Genesis;

/// <summary>The state that a genesis describes, as the changes of height <c>initial_height − 1</c>.</summary>
/// <param name="Height">The height before the first block.</param>
/// <param name="Changes">Ascending; no deletions.</param>
/// <param name="Validators">The set of the first block.</param>
/// <param name="NextValidators">The set of the second.</param>
public sealed record GenesisState(
    Height Height,
    IReadOnlyList<KeyValuePair<StateKey, byte[]?>> Changes,
    ValidatorSet Validators,
    ValidatorSet NextValidators)
{
    public static GenesisState Build(GenesisDocument document)
    {
        StateOverlay state = new(EmptyState.Instance);
        MarketTime now = new((ulong)document.GenesisTime.Seconds);
        Parameters.Store(state, document.Parameters);
        AppVersions.Store(state, document.AppVersion);
        new FeeState(document.Parameters.BaseFeeFloor, 0, now).Store(state);
        (ValidatorSet validators, ValidatorSet next) = SeatValidators(state, document);
        Mint(state, document, now);
        foreach (GenesisAccreditation grant in document.Accreditations)
        {
            Accreditations.Store(state, grant.Address, grant.Scope, new MarketTime((ulong)grant.Expires.Seconds));
        }
        foreach (GenesisAccess access in document.Accesses)
        {
            Accesses.Store(state, access.NodeKey, new MarketTime((ulong)access.Expires.Seconds));
        }
        RegistryTotals.After(state, EmptyState.Instance, document.Parameters.VoteStakeMax).Store(state);
        PriceBook.At(state, now, document.Parameters).Store(state);
        List<KeyValuePair<StateKey, byte[]?>> changes = [.. state.Changes];
        Conservation.Holds(EmptyState.Instance, changes);
        return new GenesisState(new Height(document.InitialHeight - 1), changes, validators, next);
    }

    /// <summary>The set that the validators of a validated genesis make.</summary>
    public static ValidatorSet ValidatorsOf(GenesisDocument document)
    {
        List<ValidatorUpdate> members = [];
        foreach (GenesisValidator validator in document.Validators)
        {
            members.Add(new ValidatorUpdate(validator.PublicKey, validator.Power));
        }
        bool isSet = ValidatorSet.TryCreate(members, out ValidatorSet set, out _);
        Invariant.Holds(isSet, "a validated genesis has a validator set");
        return set;
    }

    private static (ValidatorSet First, ValidatorSet Second) SeatValidators(StateOverlay state, GenesisDocument document)
    {
        foreach (GenesisValidator validator in document.Validators)
        {
            foreach (GenesisSeat seat in document.Seats)
            {
                if (seat.ConsensusKey != validator.PublicKey) continue;
                Seats.Store(state, new Seat(seat.ConsensusKey, seat.Provider, seat.NodeKey, MarketTime.Never));
            }
        }
        ValidatorSet first = ValidatorsOf(document);
        // CometBFT's MakeGenesisState: the set of the second height has rotated one step more.
        ValidatorSet second = first.Increment(1);
        ValidatorSets.Store(state, first, second);
        return (first, second);
    }

    /// <summary>Puts balances and stakes into being; the pools keep the total of what was minted.</summary>
    private static void Mint(StateOverlay state, GenesisDocument document, MarketTime now)
    {
        ulong minted = 0;
        foreach (GenesisAccount account in document.Accounts)
        {
            ResultCode credited = Ledger.Credit(state, account.Address, account.Balance);
            Invariant.Holds(credited == ResultCode.Ok, "a validated genesis has balances that fit");
            minted += account.Balance;
        }
        foreach (GenesisProvider provider in document.Providers)
        {
            Provider registered = new(
                provider.Address, ProviderStatus.Active, new StakeBalance(provider.Stake, 0, []), provider.Region,
                provider.Attributes, provider.Capacity, provider.Did, provider.EndpointHash, SchemaVersion: 1, now, LiveLeases: 0)
            {
                SnapshotDue = SnapshotClock.DueAfter(now, document.Parameters),
            };
            Providers.Store(state, registered);
            SnapshotClock.Schedule(state, registered);
            minted += provider.Stake;
        }
        Pools.Store(state, PoolBalances.Empty with { Minted = minted });
    }
}
