using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>
/// Kind 22: the issuer may revoke at any time before it expires and gets the whole bond back, whatever the reason; the fee of its
/// audit goes back to whom it was about. Like an expired one it leaves no record; its nonce stays used.
/// </summary>
public static class RevokeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Revoke request = (Revoke)message;
        Attestation? attestation = AttestationStore.Load(context, request.Attestation);
        if (attestation is null) return ResultCode.NotFound;
        if (attestation.Issuer != context.Sender) return ResultCode.NotOwner;
        if (attestation.CaseId != 0) return ResultCode.BadState;

        AttestationClaim claim = attestation.Claim;
        Hash256 uid = attestation.Uid;
        AttestationStore.Remove(context.State, attestation);
        Payments.Pay(context, attestation.Issuer, attestation.Bond);
        Payments.Pay(context, claim.Subject, attestation.Fee);
        context.Emit(new Event("AttestationRevoked",
        [
            new("attestation", uid),
            new("from", AttestationNames.Of(attestation.State)),
            new("to", "revoked"),
            new("subject", claim.Subject),
            new("schema", AttestationNames.Of(claim.Schema)),
            new("reason", AttestationNames.Of(request.Reason)),
            new("bond", attestation.Bond),
            new("fee", attestation.Fee),
        ]));
        return ResultCode.Ok;
    }
}
