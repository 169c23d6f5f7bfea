using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Accounts;

/// <summary>
/// Forgets an emptied account once none of its transactions can land again: sequences outlive the last credit by 24 hours.
/// Market time never runs faster than header time, so the wait is long enough for <c>valid_until</c>.
/// </summary>
public static class AccountExpiry
{
    private const ulong KeptSeconds = Limits.ValidUntilSecondsMax + 1;

    /// <summary>Called after each transaction of the account: notes that it was left without credits, or has some again.</summary>
    internal static void Track(StateOverlay state, in Address address, MarketTime now)
    {
        Account account = Ledger.Load(state, address);
        if (account.Balance > 0 || account.Key is null)
        {
            if (account.EmptiedAt > 0) Ledger.Store(state, address, account with { EmptiedAt = 0 });
            return;
        }
        Ledger.Store(state, address, account with { EmptiedAt = now.Seconds });
        TimedQueue.Schedule(state, now + KeptSeconds, TimedKind.AccountExpiry, address.Span);
    }

    internal static void Move(ExecutionContext context, byte[] id)
    {
        Address address = Address.From(id);
        Account account = Ledger.Load(context.State, address);
        bool isDue = account.EmptiedAt > 0 && context.Now >= new MarketTime(account.EmptiedAt) + KeptSeconds;
        // A rotated key must not be forgotten: the first key would own the address again.
        bool isFirstKey = account.Key is { } key && key.Address == address;
        if (account.Balance == 0 && isDue && isFirstKey) Ledger.Store(context.State, address, Account.Empty);
    }
}
