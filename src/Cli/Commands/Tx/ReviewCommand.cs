using System.CommandLine;
using System.Text;
using Chain.Cli.Transactions;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx review</c>.</summary>
internal static class ReviewCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<ulong> lease = new("lease")
        {
            Description = "The number of the lease, which must be closed and have been paid for.",
        };
        Option<byte> stars = new("--stars")
        {
            Description = "1 to 5 for everything; the options below change single ones.",
            HelpName = "N",
        };
        Option<byte?> quality = new("--quality") { Description = "1 to 5.", HelpName = "N" };
        Option<byte?> reliability = new("--reliability") { Description = "1 to 5.", HelpName = "N" };
        Option<byte?> communication = new("--communication") { Description = "1 to 5.", HelpName = "N" };
        Option<string> text = new("--text")
        {
            Description = "What you have to say; only its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        Option<bool> reply = new("--reply")
        {
            Description = "Answer the other side's published review instead; needs --text, no stars.",
        };
        TxOptions options = new();
        VerbCommand command = new("review",
            "Rate the other side of a lease that has ended. Nobody can change or delete a review.")
        {
            Details = "Both sides write without knowing what the other wrote; reviews are published when both are in, or after a while.",
            Arguments = { lease },
            Options = { stars, quality, reliability, communication, text, reply },
            Examples = ["chain tx review 1 --stars 5 --text \"fast and quiet\" --from alice --wait",
                "chain tx review 1 --reply --text \"thank you\" --from bob"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            ParseResult parse = context.Parse;
            byte all = parse.GetValue(stars);
            Stars given = new(parse.GetValue(quality) ?? all, parse.GetValue(reliability) ?? all,
                parse.GetValue(communication) ?? all);
            string words = parse.GetValue(text)!;
            Hash256 hash = words.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(words));
            WriteReview message = new(
                parse.GetValue(lease), parse.GetValue(reply) ? ReviewAction.Reply : ReviewAction.Rate, given, hash);
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }
}
