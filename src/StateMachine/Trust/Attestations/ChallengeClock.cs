using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>A challenge is drawn, waits to be answered, and goes.</summary>
internal static class ChallengeClock
{
    /// <summary>The challenge at the block's time; null when there is none (any more).</summary>
    public static AttestationChallenge? Load(ExecutionContext context, ChallengeId id)
    {
        AttestationChallenge? challenge = AttestationChallenge.Read(context.State, id);
        if (challenge is { DrawRound: > 0 } && Draws.Find(context.State, challenge.DrawRound, challenge.Due) is { } value)
        {
            AttestationChallenge drawn = new(
                DrawRound: 0,
                DrawMath.Seed(value.Value, "attestation"u8, id.Bytes),
                value.At + context.Block.Parameters.AttestationNonceSeconds);
            drawn.Store(context.State, id, challenge);
            context.Emit(new Event("ChallengeDrawn",
            [
                new("issuer", id.Issuer),
                new("subject", id.Subject),
                new("schema", AttestationNames.Of(id.Schema)),
                new("nonce", drawn.Nonce),
                new("until", drawn.Due.Seconds),
            ]));
            challenge = drawn;
        }
        if (challenge is null || challenge.Due > context.Now) return challenge;
        challenge.Delete(context.State, id);
        return null;
    }

    internal static void Move(ExecutionContext context, byte[] id) => Load(context, ChallengeId.From(id));
}
