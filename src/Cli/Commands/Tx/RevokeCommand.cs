using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx revoke</c>.</summary>
internal static class RevokeCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<Hash256> attestation = Values.HashArgument("attestation", "The attestation's hash, as attesting answered it.");
        Option<RevokeReason> reason = Values.ChoiceOption<RevokeReason>("--reason", "Why.");
        reason.Required = true;
        TxOptions options = new();
        VerbCommand command = new("revoke", "As its issuer, take an attestation back before it expires.")
        {
            Details = "It counts no longer, and its whole bond comes back, at once.",
            Arguments = { attestation },
            Options = { reason },
            Examples = ["chain tx revoke 5F3C… --reason superseded --from auditor --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, new Revoke(context.Parse.GetValue(attestation), context.Parse.GetValue(reason)), cancel));
    }
}
