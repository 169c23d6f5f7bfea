using Chain.Client.Answers;

namespace Chain.Client.Errors;

/// <summary>The fates of a transaction that are not what its sender wanted, as errors.</summary>
public static class OutcomeErrors
{
    /// <summary>Null for a transaction that succeeded.</summary>
    public static ClientError? Of(SentTransaction outcome) => outcome.Fate switch
    {
        TransactionFate.Included => null,
        TransactionFate.Rejected => ErrorCatalog.Error(outcome.Result!.Code, outcome.Result.Log),
        TransactionFate.Expired => new ClientError(ClientErrorCode.TransactionExpired, "The transaction expired.",
            "The chain's time has passed its valid_until without it. It never took effect and never will.",
            "Send it again."),
        _ => new ClientError(ClientErrorCode.TransactionPending, "The transaction is not in a block yet.",
            "It was accepted, and may still land until its valid_until.",
            "Do not send it twice; wait on:")
        {
            Command = ["chain", "tx", "wait", $"{outcome.Id}"],
        },
    };
}
