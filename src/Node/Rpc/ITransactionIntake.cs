using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.StateMachine.Execution;

namespace Chain.Node.Rpc;

/// <summary>The way into the mempool. Called from many threads; the bytes come from anybody and never make it throw.</summary>
public interface ITransactionIntake
{
    /// <summary>Checks a transaction and keeps it until a block carries it or it expires.</summary>
    ValueTask<AdmissionResult> SubmitAsync(byte[] transaction, CancellationToken cancellation);

    /// <summary>Does what <see cref="SubmitAsync"/> does with many, on all cores; the codes are in the order of the transactions.</summary>
    IReadOnlyList<ResultCode> SubmitMany(IReadOnlyList<byte[]> transactions);

    /// <summary>Says what <see cref="SubmitAsync"/> would say, and keeps nothing.</summary>
    ValueTask<AdmissionResult> CheckAsync(byte[] transaction, CancellationToken cancellation);

    /// <summary>Transactions waiting.</summary>
    int Count { get; }

    /// <summary>Their bytes together.</summary>
    long TotalBytes { get; }

    /// <summary>The raw transactions that would go first, at most <paramref name="countMax"/>.</summary>
    IReadOnlyList<byte[]> Peek(int countMax);
}
