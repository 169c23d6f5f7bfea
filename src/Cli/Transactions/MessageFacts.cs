using System.Linq;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Transactions.Update;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Transactions;

/// <summary>Messages as named values, for <c>tx decode</c>, <c>--dry-run</c> and <c>--wait</c>.</summary>
internal static class MessageFacts
{
    public static Facts Of(Message message)
    {
        Facts facts = new Facts().Choice("kind", message.Kind);
        return message switch
        {
            Transfer m => facts.Address("to", m.To).Amount("amount", m.Amount),
            ChangeGrant { Action: GrantAction.Revoke } m => facts.Choice("action", m.Action).Address("grantee", m.Grantee),
            ChangeGrant m => facts.Choice("action", m.Action).Address("grantee", m.Grantee).Add(m.Terms),
            RotateKey m => facts.Text("new_public_key", m.NewKey.ToString()),
            SetDidDocument m => facts.Hash("did_document_hash", m.Hash),
            Propose m => facts.Group("content", GovernanceFacts.Of(m.Content)).Amount("deposit", m.Deposit)
                .Hash("disclosure", m.Disclosure),
            AddDeposit m => facts.Number("proposal", m.ProposalId).Amount("amount", m.Amount),
            CastVote m => facts.Choice("action", m.Action).Number("proposal", m.ProposalId).Choice("choice", m.Choice),
            AskBreaker m => facts.Words("kinds", m.Kinds.Kinds().Select(k => JsonNames.Of(k))).Number("seconds", m.Seconds),
            Register m => facts.Choice("role", m.Role).Amount("stake", m.StakeAmount).Text("region", m.Region)
                .List("capacity", m.Capacity.Select(CapacityFacts)).List("attributes", m.Attributes.Select(AttributeFacts)),
            Update m => facts.Choice("change", m.Change).Text("region", m.Region).Hash("endpoint_hash", m.EndpointHash)
                .Time("maintenance_from", m.Maintenance?.From ?? default).Time("maintenance_to", m.Maintenance?.To ?? default)
                .Number("snapshot_period", m.Snapshot?.Period ?? 0).Hash("snapshot", m.Snapshot?.Hash ?? default)
                .List("capacity", m.Capacity.Select(CapacityFacts)),
            Stake m => facts.Choice("role", m.Role).Choice("action", m.Action).Amount("amount", m.Amount),
            OpenOrder m => facts.Group("terms", StateFacts.Of(m.Terms)),
            PlaceBid m => facts.Number("order", m.OrderId).Rate("rate_per_second", m.RatePerSecond)
                .Amount("deposit", m.Deposit).Number("notice_seconds", m.NoticeSeconds),
            TakeOffer m => facts.Number("offer", m.OfferId).Group("terms", StateFacts.Of(m.Terms)),
            ChangeOffer { Action: OfferAction.Withdraw } m => facts.Choice("action", m.Action).Number("offer", m.OfferId),
            ChangeOffer m => facts.Choice("action", m.Action).Group("terms", StateFacts.Of(m.Terms))
                .Number("valid_seconds", m.ValidSeconds),
            CancelOrder m => facts.Number("order", m.OrderId),
            WithdrawBid m => facts.Number("order", m.OrderId),
            AcceptBid m => facts.Number("order", m.OrderId).Address("provider", m.Provider),
            StartLease m => facts.Number("lease", m.LeaseId).Hash("workload_digest", m.WorkloadDigest)
                .Hash("endpoint_hash", m.EndpointHash),
            AmendLease m => facts.Number("lease", m.LeaseId).Choice("action", m.Action).Group("resources", UnitFacts(m.Terms.Resources))
                .Rate("rate_per_second", m.Terms.RatePerSecond).Number("min_term_seconds", m.Terms.MinTermSeconds)
                .Number("valid_seconds", m.ValidSeconds),
            CloseLease m => facts.Number("lease", m.LeaseId).Choice("reason", m.Reason).Choice("mode", m.Mode),
            SettleLeases m => facts.Words("leases", m.LeaseIds.Select(id => $"{id}")),
            Deposit m => facts.Choice("target", m.Target).Number("id", m.Id).Amount("amount", m.Amount),
            Withdraw m => facts.Number("lease", m.LeaseId).Amount("amount", m.Amount),
            Attest m => facts.Group("claim", StateFacts.Of(m.Claim)).Amount("bond", m.Bond),
            Revoke m => facts.Hash("attestation", m.Attestation).Choice("reason", m.Reason),
            WriteReview m => facts.Number("lease", m.LeaseId).Choice("action", m.Action)
                .Group("stars", StateFacts.Of(m.Stars))
                .Hash("text_hash", m.TextHash),
            RequestAccess m => facts.Choice("action", m.Action).Text("node_key", Hex.Lower(m.NodeKey.Span)),
            RequestSeat m => facts.Choice("action", m.Action).Text("consensus_key", KeyText(m.ConsensusKey))
                .Text("node_key", KeyText(m.NodeKey)),
            Admit m => AdmitFacts(facts, m),
            SealBid m => facts.Number("order", m.OrderId).Hash("commit", m.Commit).Amount("deposit", m.Deposit)
                .Number("notice_seconds", m.NoticeSeconds),
            RevealBid m => facts.Number("order", m.OrderId).Rate("rate_per_second", m.RatePerSecond).Hash("salt", m.Salt),
            OpenDispute m => facts.Choice("target", m.Target).Hash("reference", m.Reference).Amount("claim", m.Claim)
                .Hash("evidence_hash", m.EvidenceHash).Amount("bond", m.Bond),
            AnswerDispute m => facts.Number("case", m.CaseId).Choice("action", m.Action).Hash("hash", m.Hash)
                .Number("amount", m.Amount),
            VoteDispute m => facts.Number("case", m.CaseId).Number("round", m.Round).Choice("action", m.Action)
                .Hash("hash", m.Hash).Number("award_bps", m.AwardBps),
            CommitReport m => facts.Hash("commit", m.Commit),
            ReportFault m => facts.Address("offender", m.Key.Address).Choice("role", m.Role).Hash("matter", m.Matter),
            NameData m => facts.Number("lease", m.LeaseId).Hash("root", m.Root).Number("leaves", m.Leaves),
            ProveData m => facts.Number("lease", m.LeaseId).Number("proofs", m.Proofs.Count),
            AnchorLog m => facts.Number("lease", m.LeaseId).Number("index", m.Index).Hash("root", m.Root),
            ProveCapacity { IsEntry: true } => facts.Text("action", "enter"),
            ProveCapacity m => facts.Choice("class", m.Resource).Number("first", m.First).Number("units", m.Units.Count)
                .Number("nonces", m.NonceCount),
            AskAudit m => facts.Address("issuer", m.Issuer).Choice("schema", m.Schema).Amount("fee", m.Fee),
            AskChallenge m => facts.Choice("schema", m.Schema).Address("subject", m.Subject),
            ReportDoubleVote m => facts.Text("validator", m.Key.Address.ToHex()).Number("height", m.VoteA.Height.Value)
                .Hash("matter", m.Matter),
            SubmitProbes m => facts.Number("epoch", m.Epoch).Hash("hash", m.Hash).Number("probes", m.Probes.Count),
            OpenTask m => facts.Hash("spec_hash", m.SpecHash).Amount("reward", m.Reward).Number("trust", m.Trust)
                .Amount("stake", m.Stake).Text("adaptive", m.IsAdaptive ? "yes" : "no"),
            SubmitResult m => facts.Number("task", m.TaskId).Choice("step", m.Step).Hash("hash", m.Hash),
            _ => facts,
        };
    }

    /// <summary>What the subject does not have is empty.</summary>
    private static Facts AdmitFacts(Facts facts, Admit message)
    {
        bool isAccess = message.Subject == AdmitSubject.Access;
        bool hasScope = message.Subject == AdmitSubject.Accreditation;
        facts.Hash("proposal", message.Id).Choice("subject", message.Subject).Text("action", message.IsGrant ? "grant" : "revoke")
            .Text("address", isAccess ? "" : message.Address.ToString()).Text("node_key", KeyText(message.NodeKey))
            .Text("scope", hasScope ? ScopeNames.Of(message.Scope) : "");
        return message.Expires == MarketTime.Never ? facts.Text("expires", "never") : facts.Time("expires", message.Expires);
    }

    private static string KeyText(in PublicKey key) => key == default ? "" : Hex.Lower(key.Span);

    public static Facts UnitFacts(ResourceVector units) => new Facts()
        .Number("cpu_milli", units.CpuMilli).Number("memory_mib", units.MemoryMib).Number("storage_gib", units.StorageGib)
        .Number("gpus", units.Gpus).Text("gpu", units.Gpus == 0 ? "" : units.Gpu.ToString());

    /// <summary>The class, and for cards which.</summary>
    public static Facts ClassFacts(ClassCapacity capacity) => capacity.Class == ResourceClass.Gpu
        ? new Facts().Choice("class", capacity.Class).Text("gpu", capacity.Gpu.ToString())
        : new Facts().Choice("class", capacity.Class);

    public static Facts CapacityFacts(ClassCapacity capacity) =>
        new Facts().Choice("class", capacity.Class).Number("units", capacity.Total);

    public static Facts AttributeFacts(ProviderAttribute attribute) =>
        new Facts().Text("name", attribute.Name).Text("value", attribute.Value);
}
