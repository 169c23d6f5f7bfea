using System;
using System.Threading.Tasks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;
using Microsoft.AspNetCore.Http;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// <c>POST /transactions</c>: a <see cref="TransactionBatch"/> in, a <see cref="TransactionBatchAnswer"/> out. Not a method of
/// CometBFT; it saves senders of many transactions the JSON and a call for each.
/// </summary>
internal sealed class BatchHandler(ITransactionIntake intake)
{
    public static bool IsFor(HttpRequest request, string path) =>
        path == TransactionBatch.HttpPath && HttpMethods.IsPost(request.Method);

    /// <summary>Status 200 with a code for each transaction, or 400 with the reason in words.</summary>
    public async Task HandleAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!TransactionBatch.TryDecode(body.Span, out TransactionBatch batch, out DecodeError error))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"not a batch of transactions: {error}\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }
        byte[] answer = new TransactionBatchAnswer(intake.SubmitMany(batch.Transactions)).Encode();
        context.Response.ContentType = TransactionBatch.MediaType;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted).ConfigureAwait(false);
    }
}
