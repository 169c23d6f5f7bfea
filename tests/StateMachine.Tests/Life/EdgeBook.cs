using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Which edges of which state machine were taken, from the events that say so and from what became of providers.</summary>
internal sealed class EdgeBook
{
    /// <summary>Events that name an old and a new state, and the machine whose they are.</summary>
    private static readonly SortedDictionary<string, string[]> Machines = new(StringComparer.Ordinal)
    {
        ["order"] = ["OrderOpened", "BiddingClosed", "OrderMatched", "OrderFilled", "OrderCancelled", "OrderExpired", "OrderRenewed", "OrderPruned"],
        ["bid"] = ["BidPlaced", "BidCommitted", "BidRevealed", "BidWon", "BidLost", "BidWithdrawn", "BidEvicted", "BidForfeited", "BidLeft"],
        ["lease"] =
        [
            "LeaseCreated", "LeaseAcknowledged", "LeaseStarted", "LeaseStarved", "LeaseNotice", "LeaseClosed", "LeaseFinal", "LeasePruned",
            "NoShow", "LeaseAmended", "AmendmentProposed", "Deposited",
        ],
        ["offer"] = ["OfferPosted", "OfferTaken", "OfferWithdrawn", "OfferExpired"],
        ["task"] = ["TaskOpened", "TaskMoved", "TaskDone", "TaskFailed", "TaskPruned"],
        ["data_set"] = ["DataNamed", "DataDrawing", "DataChallenged", "DataProven", "DataFaulted", "DataSpared"],
        ["attestation"] = ["Attested", "AttestationValid", "AttestationExpired", "AttestationRevoked", "AttestationVoided"],
        ["review"] = ["ReviewWritten", "ReviewPublished", "ReviewMasked"],
        ["case"] = ["CaseOpened", "CaseMoved", "CaseRuled", "CaseClosed", "CasePruned"],
        ["proposal"] = ["ProposalMoved"],
        ["audit"] = ["AuditAsked", "AuditDrawn", "AuditAnswered", "AuditLapsed"],
        ["report"] = ["ReportCommitted", "ReportNoticeEnded"],
        ["provider"] = ["ProviderMoved", "ProviderSuspended", "ProviderUpdated"],
    };

    /// <summary>Events whose "from" and "to" are no states of a machine, or of one that is read from the state.</summary>
    private static readonly string[] Others =
    [
        "Transferred", "KeyRotated", "DidDocumentSet", "BaseFeeChanged", "ParameterChanged", "FlagChanged", "Slashed",
    ];

    private static readonly SortedDictionary<string, string> MachineOf = ByEvent();
    private readonly SortedDictionary<Address, ProviderStatus> _providers = [];
    private readonly SortedSet<string> _changes = new(StringComparer.Ordinal);

    /// <summary>Providers as they are at the beginning took no edge.</summary>
    public EdgeBook(IStateReader state)
    {
        byte[] from = Schema.Key(Schema.Provider);
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Market, from, Schema.RangeEnd(from))) Take(pair.Value, isNew: false);
    }

    public SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    public void Note(BlockOutcome block)
    {
        Note(block.BlockEvents);
        foreach (TransactionOutcome result in block.Results) Note(result.Events);
        foreach ((StateKey key, byte[]? value) in block.Changes)
        {
            if (key.Store == StoreId.Market && key.Bytes[0] == Schema.Provider) Take(value!, isNew: true);
        }
        // Events for every change: what became of providers is what the events said.
        Assert.Empty(_changes.Except(Seen));
    }

    public void Note(IEnumerable<Event> events)
    {
        foreach (Event happened in events) Note(happened);
    }

    private void Note(Event happened)
    {
        if (happened.Type is "BreakerOpened" or "BreakerClosed")
        {
            Seen.Add(happened.Type == "BreakerOpened" ? "breaker closed -> open" : "breaker open -> closed");
        }
        if (happened.Type == "ProposalOpened") Seen.Add("proposal none -> deposit");
        string? from = ValueOf(happened, "from");
        string? to = ValueOf(happened, "to");
        if (from is null || to is null || Array.IndexOf(Others, happened.Type) >= 0) return;
        Assert.True(MachineOf.TryGetValue(happened.Type, out string? machine), $"the states of event {happened.Type} belong to no machine");
        // An order takes deposits too, and a deposit may change nothing but a sum.
        if (from != to) Seen.Add($"{machine} {from} -> {to}");
    }

    private void Take(byte[] value, bool isNew)
    {
        Assert.True(Provider.TryDecode(value, out Provider provider, out _));
        bool isKnown = _providers.TryGetValue(provider.Address, out ProviderStatus before);
        if (isNew && !isKnown) Seen.Add($"provider none -> {NameOf(provider.Status)}");
        if (isKnown && before != provider.Status) _changes.Add($"provider {NameOf(before)} -> {NameOf(provider.Status)}");
        _providers[provider.Address] = provider.Status;
    }

    private static string NameOf(ProviderStatus status) => status.ToString().ToLowerInvariant();

    private static string? ValueOf(Event happened, string key)
    {
        foreach (EventAttribute attribute in happened.Attributes)
        {
            if (attribute.Key == key) return attribute.Value;
        }
        return null;
    }

    private static SortedDictionary<string, string> ByEvent()
    {
        SortedDictionary<string, string> machines = new(StringComparer.Ordinal);
        foreach ((string machine, string[] events) in Machines)
        {
            foreach (string name in events) machines[name] = machine;
        }
        return machines;
    }
}
