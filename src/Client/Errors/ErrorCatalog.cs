using System;
using Chain.StateMachine.Codes;

namespace Chain.Client.Errors;

/// <summary>
/// What the chain answers, as errors of this client. The words of its codes are the chain's own
/// (<see cref="ResultTexts"/>).
/// </summary>
public static class ErrorCatalog
{
    private static readonly ResultText Unknown = new(
        "The chain refused the transaction.", "This client does not know the code.",
        "Use a client of the same version as the node.");

    /// <summary>The text of a code; one that this version does not know gets an honest answer.</summary>
    public static ResultText Lookup(uint code) => ResultTexts.Find(code) ?? Unknown;

    /// <summary>The code's name, for example <c>InsufficientFunds</c>, or its number.</summary>
    public static string NameOf(uint code) => ResultTexts.NameOf(code);

    /// <summary>
    /// A refusal by the chain as a client error. <paramref name="log"/> is the node's own detail and may be empty.
    /// </summary>
    public static ClientError Error(uint code, string log)
    {
        ResultText text = Lookup(code);
        // A node of our version begins its log with the words that we show anyway.
        string known = ResultTexts.LogOf(code);
        string more = (log.StartsWith(known, StringComparison.Ordinal) ? log[known.Length..] : log).Trim().TrimEnd('.');
        string detail = more.Length > 0 ? $" The node says: {more}." : "";
        return new ClientError(ClientErrorCode.TransactionRejected, text.What, text.Why + detail, text.Remedy, code);
    }
}
