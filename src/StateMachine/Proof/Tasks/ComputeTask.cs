using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>A computation that several do, so that its result can be trusted without doing it oneself. Amounts are ncredit.</summary>
/// <param name="SpecHash">What is to be computed; it stays off the chain.</param>
/// <param name="Trust">A result is taken when it is wrong with a chance of less than one in so many, by what the workers are worth.</param>
/// <param name="Reward">Shared by those who agree on the result.</param>
/// <param name="Stake">What each worker puts at risk, out of its provider stake.</param>
/// <param name="Round">Draws so far.</param>
/// <param name="Result">The digest that was taken; zero before.</param>
/// <param name="Workers">In the order of their enrolment.</param>
public sealed record ComputeTask(
    ulong Id,
    Address Requester,
    Hash256 SpecHash,
    ulong Trust,
    ulong Reward,
    ulong Stake,
    ulong StorageDeposit,
    TaskState State,
    MarketTime StateUntil,
    byte Round,
    ulong DrawRound,
    Hash256 Result,
    IReadOnlyList<TaskWorker> Workers)
{
    /// <summary>Providers that may enrol for one task.</summary>
    public const int WorkersMax = 64;

    private const int CodecVersion = 1;
    private const int Arity = 14;

    public Int128 Held => (Int128)Reward + StorageDeposit;

    public int Find(in Address worker)
    {
        for (int i = 0; i < Workers.Count; i++)
        {
            if (Workers[i].Address == worker) return i;
        }
        return -1;
    }

    public ComputeTask With(int place, TaskWorker worker)
    {
        TaskWorker[] workers = [.. Workers];
        workers[place] = worker;
        return this with { Workers = workers };
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(Id).Bin(Requester).Bin(SpecHash).UInt(Trust).UInt(Reward).UInt(Stake);
        writer.UInt(StorageDeposit).UInt((ulong)State).UInt(StateUntil.Seconds).UInt(Round).UInt(DrawRound).Bin(Result);
        writer.Array(Workers.Count);
        foreach (TaskWorker worker in Workers)
        {
            writer.Array(4).Bin(worker.Address).UInt(worker.Round).Bin(worker.Seal).Bin(worker.Digest);
        }
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ComputeTask task, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        task = new ComputeTask(
            reader.UInt(),
            reader.Address(),
            reader.Hash256(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            (TaskState)reader.UInt8((byte)TaskState.Failed),
            new MarketTime(reader.UInt()),
            reader.UInt8(),
            reader.UInt(),
            reader.Hash256(),
            ReadWorkers(ref reader));
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static TaskWorker[] ReadWorkers(ref MessagePackReader reader)
    {
        TaskWorker[] workers = new TaskWorker[reader.ArrayHeader(WorkersMax)];
        for (int i = 0; i < workers.Length && reader.IsOk; i++)
        {
            reader.Array(4);
            workers[i] = new TaskWorker(reader.Address(), reader.UInt8(), reader.Hash256(), reader.Hash256());
            reader.EndArray();
        }
        reader.EndArray();
        return workers;
    }
}
