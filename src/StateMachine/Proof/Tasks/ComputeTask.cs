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

    private const int CodecVersion = 2;
    private const int Arity = 16;

    /// <summary>True when the requester lets one reliable worker do.</summary>
    public bool IsAdaptive { get; init; }

    /// <summary>While one worker works alone: its result is checked once in so many. 0 while several work.</summary>
    public ulong CheckedOneIn { get; init; }

    public Int128 Held => (Int128)Reward + StorageDeposit;

    /// <summary>True after its end, when nothing waits in it but the storage deposit.</summary>
    public bool IsOver => State is TaskState.Done or TaskState.Failed;

    /// <summary>True once any worker has revealed what it found.</summary>
    public bool HasResult
    {
        get
        {
            foreach (TaskWorker worker in Workers)
            {
                if (!worker.Digest.IsZero) return true;
            }
            return false;
        }
    }

    public int Find(in Address worker)
    {
        for (int i = 0; i < Workers.Count; i++)
        {
            if (Workers[i].Address == worker) return i;
        }
        return -1;
    }

    /// <summary>Place of the first worker of the running round; -1 before one is drawn.</summary>
    public int FindOfRound()
    {
        for (int i = 0; i < Workers.Count; i++)
        {
            if (Round > 0 && Workers[i].Round == Round) return i;
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
        writer.Bool(IsAdaptive).UInt(CheckedOneIn);
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
        ComputeTask read = new(
            reader.UInt(),
            reader.Address(),
            reader.Hash256(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            (TaskState)reader.UInt8((byte)TaskState.Checking),
            new MarketTime(reader.UInt()),
            reader.UInt8(),
            reader.UInt(),
            reader.Hash256(),
            []);
        task = read with { IsAdaptive = reader.Bool(), CheckedOneIn = reader.UInt(), Workers = ReadWorkers(ref reader) };
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
