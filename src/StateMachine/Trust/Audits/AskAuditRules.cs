using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Trust.Audits;

/// <summary>Kind 21, version 3. One audit of an issuer about a subject and schema is awaited at a time; without an answer the fee goes back.</summary>
public static class AskAuditRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AskAudit request = (AskAudit)message;
        if (!AttestationNames.IsKnown(request.Schema)) return ResultCode.BadSchema;
        if (request.Issuer == context.Sender) return ResultCode.SelfDeal;
        byte scope = Accreditations.SchemaScope((byte)request.Schema);
        if (!Accreditations.Holds(context.State, request.Issuer, scope, context.Now)) return ResultCode.NotAccredited;
        if (request.Fee < context.Block.Parameters.AuditFeeMin) return ResultCode.BelowMinimum;
        ChallengeId id = new(request.Issuer, context.Sender, request.Schema);
        if (AuditClock.Load(context, id) is not null) return ResultCode.Exists;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, request.Fee);
        if (debited != ResultCode.Ok) return debited;
        Audit asked = new(id, IsDrawn: false, request.Fee, context.Now + context.Block.Parameters.AuditSeconds);
        asked.Store(context.State);
        AuditClock.Emit(context, "AuditAsked", asked, "none", "asked");
        return ResultCode.Ok;
    }
}
