using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Justice;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Client.State;

/// <summary>Reads objects of the state by their keys, with a proof on demand, and decodes them.</summary>
public sealed class StateReader(ChainClient client)
{
    private const int FirstBlockLookMs = 50;
    private const int FirstBlockLooksMax = 200;

    private delegate bool Decoder<T>(ReadOnlySpan<byte> bytes, out T value, out DecodeError error);

    /// <summary>An address that nobody has used has an empty account: it can receive credits.</summary>
    public async Task<StateValue<Account>> AccountAsync(Address address, StateReadOptions options, CancellationToken cancel)
    {
        byte[] key = Schema.Key(Schema.Account, address);
        StateValue<Account> found = await ReadAsync<Account>(StoreId.Market, key, Account.TryDecode, options, cancel);
        return found with { Value = found.Value ?? Account.Empty };
    }

    /// <summary>What the first account lets the second do. An expired grant stays until its record goes.</summary>
    public Task<StateValue<Grant>> GrantAsync(Address granter, Address grantee, StateReadOptions options,
        CancellationToken cancel) =>
        ReadAsync<Grant>(StoreId.Market, GrantStore.Key(granter, grantee), Grant.TryDecode, options, cancel);

    public Task<StateValue<DidDocument>> DidDocumentAsync(Address address, StateReadOptions options,
        CancellationToken cancel) =>
        ReadAsync<DidDocument>(StoreId.Market, Schema.Key(Schema.DidDocument, address), DidDocument.TryDecode, options, cancel);

    public Task<StateValue<Provider>> ProviderAsync(Address address, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Provider>(StoreId.Market, Schema.Key(Schema.Provider, address), Provider.TryDecode, options, cancel);

    public Task<StateValue<RoleHolder>> RoleHolderAsync(Role role, Address address, StateReadOptions options,
        CancellationToken cancel) =>
        ReadAsync<RoleHolder>(StoreId.Market, Schema.Key(Schema.RoleHolder, (byte)role, address), RoleHolder.TryDecode,
            options, cancel);

    public Task<StateValue<Offer>> OfferAsync(ulong id, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Offer>(StoreId.Market, Schema.Key(MarketSchema.Offer, id), Offer.TryDecode, options, cancel);

    public Task<StateValue<Order>> OrderAsync(ulong id, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Order>(StoreId.Market, Schema.Key(MarketSchema.Order, id), Order.TryDecode, options, cancel);

    public Task<StateValue<Lease>> LeaseAsync(ulong id, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Lease>(StoreId.Market, Schema.Key(MarketSchema.Lease, id), Lease.TryDecode, options, cancel);

    /// <summary>What one side of a lease asks the other to agree to.</summary>
    public Task<StateValue<Amendment>> AmendmentAsync(ulong lease, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Amendment>(StoreId.Market, Schema.Key(MarketSchema.Amendment, lease), Amendment.TryDecode, options, cancel);

    public Task<StateValue<Parameters>> ParametersAsync(StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Parameters>(StoreId.Meta, Schema.Key(Schema.Parameters), Parameters.TryDecode, options, cancel);

    public Task<StateValue<PoolBalances>> PoolsAsync(StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<PoolBalances>(StoreId.Market, Schema.Key(Schema.Pools), PoolBalances.TryDecode, options, cancel);

    public Task<StateValue<Bid>> BidAsync(ulong order, Address provider, StateReadOptions options,
        CancellationToken cancel) =>
        ReadAsync<Bid>(StoreId.Market, [.. Schema.Key(MarketSchema.Bid, order), .. provider.Span], Bid.TryDecode,
            options, cancel);

    public Task<StateValue<Attestation>> AttestationAsync(Hash256 uid, StateReadOptions options,
        CancellationToken cancel) =>
        ReadAsync<Attestation>(StoreId.Market, Schema.Key(MarketSchema.Attestation, uid), Attestation.TryDecode,
            options, cancel);

    public Task<StateValue<Review>> ReviewAsync(ulong lease, ReviewSide side, StateReadOptions options,
        CancellationToken cancel) =>
        ReadAsync<Review>(StoreId.Market, [.. Schema.Key(MarketSchema.Review, lease), (byte)side], Review.TryDecode,
            options, cancel);

    /// <summary>A proposal of validators that is not decided yet.</summary>
    public Task<StateValue<OpenAdmission>> AdmissionAsync(Hash256 id, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<OpenAdmission>(StoreId.Meta, Schema.Key(Schema.Admission, id), OpenAdmission.TryDecode, options, cancel);

    /// <summary>What waits for a provider that is in jail.</summary>
    public Task<StateValue<Jail>> JailAsync(Address provider, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Jail>(StoreId.Market, Schema.Key(Schema.Jail, provider), Jail.TryDecode, options, cancel);

    public Task<StateValue<Proposal>> ProposalAsync(ulong id, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Proposal>(StoreId.Market, Schema.Key(Schema.Proposal, id), Proposal.TryDecode, options, cancel);

    /// <summary>Which kinds of messages are closed; with no record, none.</summary>
    public async Task<StateValue<KindGates>> GatesAsync(StateReadOptions options, CancellationToken cancel)
    {
        byte[] key = Schema.Key(Schema.KindGates);
        StateValue<KindGates> found = await ReadAsync<KindGates>(StoreId.Meta, key, KindGates.TryDecode, options, cancel);
        return found with { Value = found.Value ?? KindGates.AllOpen };
    }

    public Task<StateValue<UpgradePlan>> UpgradeAsync(StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<UpgradePlan>(StoreId.Meta, Schema.Key(Schema.UpgradePlan), UpgradePlan.TryDecode, options, cancel);

    public Task<StateValue<Case>> CaseAsync(ulong id, StateReadOptions options, CancellationToken cancel) =>
        ReadAsync<Case>(StoreId.Market, Schema.Key(JusticeSchema.Case, id), Case.TryDecode, options, cancel);

    /// <summary>The parameters in force.</summary>
    public async Task<Parameters> CurrentParametersAsync(CancellationToken cancel) =>
        (await ParametersAsync(StateReadOptions.Newest, cancel)).Value
            ?? throw new ClientException(ClientErrorCode.BadAnswer, "The node gave no parameters.",
                "Every chain of this software has them in its state.",
                "Check that --node points at a node of this chain's software.");

    /// <summary>The market clock at the newest block.</summary>
    public async Task<MarketTime> MarketTimeAsync(CancellationToken cancel)
    {
        NodeStatus status = await client.StatusAsync(cancel);
        // Before its first block, which comes at once, a chain shows no time at all.
        for (int look = 0; status.LatestHeight.Value == 0 && look < FirstBlockLooksMax; look++)
        {
            await Task.Delay(FirstBlockLookMs, cancel);
            status = await client.StatusAsync(cancel);
        }
        FetchedState state = await FetchAsync([new StateKey(StoreId.Meta, Schema.Key(Schema.MarketClock))], cancel);
        return MarketClock.At(state, status.LatestTime);
    }

    /// <summary>
    /// Keys of the newest state, for the state machine's own readers. Two keys may be of neighbouring heights.
    /// </summary>
    public async Task<FetchedState> FetchAsync(IReadOnlyList<StateKey> keys, CancellationToken cancel)
    {
        FetchedState state = new();
        foreach (StateKey key in keys)
        {
            string path = $"/store/{StoreNames.NameOf(key.Store)}/key";
            QueryAnswer answer = await client.QueryAsync(path, key.Bytes.ToArray(), null, prove: false, cancel);
            state.Add(key, answer.Value);
        }
        return state;
    }

    private async Task<StateValue<T>> ReadAsync<T>(
        StoreId store, byte[] key, Decoder<T> decode, StateReadOptions options, CancellationToken cancel) where T : class
    {
        string name = StoreNames.NameOf(store);
        if (options.Verify is null)
        {
            QueryAnswer answer = await client.QueryAsync($"/store/{name}/key", key, options.Height, prove: false, cancel);
            return new StateValue<T>(Decode(answer.Value, decode), answer.Height, null);
        }
        ProofBundle bundle = await LightProof.FetchAsync(client, name, key, options.Height, cancel);
        ProofReport report = options.Verify(bundle);
        if (!report.IsValid) throw NotProven(report);
        return new StateValue<T>(Decode(report.Value ?? [], decode), report.StateHeight, report);
    }

    private static T? Decode<T>(byte[] bytes, Decoder<T> decode) where T : class
    {
        if (bytes.Length == 0) return null;
        if (decode(bytes, out T value, out DecodeError error)) return value;
        throw new ClientException(ClientErrorCode.BadAnswer, "The stored object cannot be read.",
            $"It is not encoded as this version expects ({error.Code} at byte {error.Offset}).",
            "Use a client of the same version as the node.");
    }

    /// <summary>Why a proof does not hold, as an error.</summary>
    public static ClientException NotProven(ProofReport report)
    {
        string why = "";
        foreach (ProofStep step in report.Steps)
        {
            if (step.State == ProofStepState.Failed) why += step.Text + " ";
        }
        return new ClientException(ClientErrorCode.ProofInvalid, "The node's answer is not proven.", why.TrimEnd(),
            "Do not rely on it. Ask another node with --node URL.");
    }
}
