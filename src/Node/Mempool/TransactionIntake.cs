using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Mempool;

/// <summary>
/// Lets transactions into the pool: cheap checks first, the signature last and once. A refusal stores nothing. Called from
/// many threads.
/// </summary>
public sealed class TransactionIntake(
    string chainId,
    TransactionPool pool,
    IStateReader state,
    NodeClock clock,
    Func<ChainTip> tip,
    Action notifyWork,
    ISignatureVerifier signatures,
    TransactionVoice voice) : ITransactionIntake
{
    private static readonly ParallelOptions BatchCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly Lock _batchLock = new();
    private volatile AdmissionRules? _rules;
    private long _arrivals;

    public int Count => pool.Size.Count;

    public long TotalBytes => pool.Size.Bytes;

    public ValueTask<AdmissionResult> SubmitAsync(byte[] transaction, CancellationToken cancellation)
    {
        AdmissionResult result = Admit(transaction);
        // Each node is connected to all: whoever took it from a client tells everybody, and nobody else needs to.
        if (result.Code == (uint)ResultCode.Ok) voice.Tell([transaction]);
        return ValueTask.FromResult(result);
    }

    public IReadOnlyList<ResultCode> SubmitMany(IReadOnlyList<byte[]> transactions)
    {
        (ResultCode Code, Admission Admission)[] checkedOnes = new (ResultCode, Admission)[transactions.Count];
        // One batch at a time: several would take the cores from each other, and from consensus.
        lock (_batchLock)
        {
            Parallel.For(0, checkedOnes.Length, BatchCores, i =>
            {
                ResultCode code = Check(transactions[i], out Admission admission);
                checkedOnes[i] = (code, admission);
            });
        }
        ResultCode[] codes = new ResultCode[checkedOnes.Length];
        List<byte[]> taken = new(codes.Length);
        // In their order, so that those of one lane leave no gap on the way in.
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = Keep(transactions[i], checkedOnes[i].Code, checkedOnes[i].Admission);
            if (codes[i] == ResultCode.Ok) taken.Add(transactions[i]);
        }
        voice.Tell(CollectionsMarshal.AsSpan(taken));
        return codes;
    }

    /// <summary>Takes what a peer sent, up to what no peer of ours passes on. True when at least one transaction is new here.</summary>
    /// <param name="isLie">One is for another chain or badly signed, whatever the state is.</param>
    public bool Receive(IReadOnlyList<byte[]> transactions, out bool isLie)
    {
        bool isNew = false;
        isLie = false;
        for (int i = 0; i < transactions.Count && !isLie; i++)
        {
            ResultCode code = (ResultCode)Admit(transactions[i]).Code;
            isNew |= code == ResultCode.Ok;
            isLie = code is ResultCode.BadSignature or ResultCode.WrongChain;
        }
        return isNew;
    }

    public ValueTask<AdmissionResult> CheckAsync(byte[] transaction, CancellationToken cancellation)
    {
        ResultCode code = Check(transaction, out Admission admission);
        return ValueTask.FromResult(Answer(code, admission));
    }

    public IReadOnlyList<byte[]> Peek(int countMax)
    {
        List<byte[]> transactions = [];
        foreach (PooledTransaction waiting in pool.Peek(countMax)) transactions.Add(waiting.Bytes);
        return transactions;
    }

    private AdmissionResult Admit(byte[] transaction)
    {
        ResultCode code = Check(transaction, out Admission admission);
        return Answer(Keep(transaction, code, admission), admission);
    }

    /// <summary>Puts a checked transaction into the pool, which has the last word.</summary>
    private ResultCode Keep(byte[] raw, ResultCode code, in Admission admission)
    {
        if (code == ResultCode.Ok)
        {
            PooledTransaction pooled = new(admission.Transaction!, Interlocked.Increment(ref _arrivals));
            code = pool.Add(pooled, admission.NextSequence);
        }
        pool.Counters.Came(code, raw.Length);
        if (code == ResultCode.Ok && pool.HasReady) notifyWork();
        return code;
    }

    private ResultCode Check(byte[] raw, out Admission admission)
    {
        AdmissionRules rules = Rules();
        admission = new Admission(Sha256.Hash(raw));
        ResultCode code = TransactionCheck.Form(raw, chainId, rules.Parameters, out SignedTransaction transaction, out var error);
        if (code != ResultCode.Ok)
        {
            admission = admission with { Detail = error.IsError ? error.ToString() : "" };
            return code;
        }
        admission = admission with { Transaction = transaction };
        if (pool.Contains(transaction.Id)) return ResultCode.Duplicate;
        Timestamp last = rules.Tip.Time;
        Timestamp now = Timestamp.FromUnixMs(clock.NowMs);
        code = TransactionCheck.ExpiryAtAdmission(transaction.Body, last, now);
        if (code != ResultCode.Ok) return code;
        code = TransactionCheck.Slot(rules.State, transaction, rules.BaseFee, now.CompareTo(last) > 0 ? now : last, out ulong nextSequence);
        admission = admission with { NextSequence = nextSequence };
        if (code != ResultCode.Ok) return code;
        return transaction.HasValidSignature(signatures) ? ResultCode.Ok : ResultCode.BadSignature;
    }

    private AdmissionRules Rules()
    {
        ChainTip current = tip();
        if (_rules is { } known && ReferenceEquals(known.Tip, current)) return known;
        return _rules = AdmissionRules.Load(current, state);
    }

    private static AdmissionResult Answer(ResultCode code, Admission admission)
    {
        string log = ResultTexts.LogOf((uint)code);
        if (admission.Detail.Length > 0) log += $" {admission.Detail}.";
        return new AdmissionResult((uint)code, log, admission.Id, (long)(admission.Transaction?.Work ?? 0));
    }

    private readonly record struct Admission(Hash256 Id)
    {
        public SignedTransaction? Transaction { get; init; }

        public ulong NextSequence { get; init; }

        public string Detail { get; init; } = "";
    }
}
