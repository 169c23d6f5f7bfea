using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Kind 21, version 2. One challenge of an issuer for a subject and schema is open at a time; it goes when it is used or too old.</summary>
public static class AskChallengeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AskChallenge request = (AskChallenge)message;
        Parameters parameters = context.Block.Parameters;
        if (!AttestationNames.IsKnown(request.Schema)) return ResultCode.BadSchema;
        byte scope = Accreditations.SchemaScope((byte)request.Schema);
        if (!Accreditations.Holds(context.State, context.Sender, scope, context.Now)) return ResultCode.NotAccredited;
        if (request.Subject == context.Sender) return ResultCode.SelfDeal;
        if (!parameters.NeedsChallenge(request.Schema)) return ResultCode.BadState;
        ChallengeId id = new(context.Sender, request.Subject, request.Schema);
        if (ChallengeClock.Load(context, id) is not null) return ResultCode.Exists;
        ulong round = Draws.Request(context, TimedKind.AttestationChallenge, id.Bytes);
        // A beacon that stays silent leaves nothing behind.
        AttestationChallenge asked = new(round, Nonce: default, context.Now + parameters.AttestationNonceSeconds);
        asked.Store(context.State, id, null);
        context.Emit(new Event("ChallengeAsked",
        [
            new("issuer", id.Issuer),
            new("subject", id.Subject),
            new("schema", AttestationNames.Of(id.Schema)),
            new("until", asked.Due.Seconds),
        ]));
        return ResultCode.Ok;
    }
}
