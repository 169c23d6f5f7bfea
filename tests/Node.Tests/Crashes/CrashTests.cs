using System;
using System.Globalization;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Rpc;
using Chain.Node.Signing;
using Chain.Node.Storage;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Chain.Tests.Shared.Disk;

namespace Chain.Node.Tests.Crashes;

/// <summary>
/// A validator that crashes between any two operations of its disk, starts included, and loses what a disk may lose. More
/// crashes: <c>CHAIN_CRASHES=500</c>; others: <c>CHAIN_SEED</c>.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Lanes = 4;

    /// <summary>Operations in which the chain must have grown: a height of one validator takes about ten.</summary>
    private const int OperationsPerHeightMax = 60;

    [Fact]
    public async Task Validator_crashedAnywhere_goesOnForgetsNothingReportedAndNeverSignsTwice()
    {
        int crashes = Setting("CHAIN_CRASHES", 60);
        int seed = Setting("CHAIN_SEED", Environment.TickCount & 0xffff);
        output.WriteLine($"repeat with CHAIN_SEED={seed} CHAIN_CRASHES={crashes}");
        Random random = new(seed);
        using CrashHome home = new();
        CrashHistory history = new();
        int duringStart = 0, diskFaults = 0;

        for (int crash = 0; crash < crashes; crash++)
        {
            Plan(home.Disk, history, random);
            Ending ending = await LiveAsync(home, history, random, long.MaxValue);
            if (!ending.Started) duringStart++;
            if (ending.DiskFault) diskFaults++;
            history.Ended();
            home.Crash(random);
        }
        home.Disk.BeforeOperation = history.Observe;
        await LiveAsync(home, history, random, heights: 10);
        output.WriteLine(
            $"{crashes} crashes, {duringStart} of them during a start, {diskFaults} after a failing disk: height {history.PublishedLast}, "
            + $"{history.TransactionCount} transactions and {history.SignedCount} signatures, {home.Disk.OperationCount} operations");
    }

    /// <summary>Few operations, some, or enough that the log begins new segments; sometimes the disk fails first.</summary>
    private static void Plan(SimulatedDisk disk, CrashHistory history, Random random)
    {
        int operations = random.Next(((int[])[25, 25, 200, 200, 3_000])[random.Next(5)]);
        disk.StopAt = disk.OperationCount + operations;
        long failAt = random.Next(6) == 0 ? disk.OperationCount + random.Next(operations + 1) : long.MaxValue;
        bool fillsUp = random.Next(2) == 0;
        disk.BeforeOperation = () =>
        {
            history.Observe();
            if (disk.OperationCount < failAt) return;
            if (fillsUp) disk.BytesFree ??= random.Next(10_000);
            else disk.SyncFails = true;
        };
    }

    /// <summary>From a start to the crash, or until the chain has grown by so many heights.</summary>
    private static async Task<Ending> LiveAsync(
        CrashHome home, CrashHistory history, Random random, long heights)
    {
        bool started = false;
        try
        {
            using CrashNode node = new(home, history.Opened);
            history.CheckKept(node, heights == long.MaxValue ? 300 : long.MaxValue);
            long segmentHeights = node.Tip.Height.Value - node.LogHeight;
            Assert.True(segmentHeights < 2 * ReplicaLimits.SegmentHeightsMax, $"the log's newest segment holds {segmentHeights} heights");
            started = true;
            node.Begin();
            await RunAsync(home, node, random, heights);
            return new Ending(started, DiskFault: false);
        }
        catch (SimulatedCrashException)
        {
            return new Ending(started, DiskFault: false);
        }
        catch (Exception fault) when (fault is StorageException or SignerStateException)
        {
            Assert.True(home.Disk.SyncFails || home.Disk.BytesFree is not null, $"the disk is sound: {fault}");
            return new Ending(started, DiskFault: true);
        }
    }

    private static async Task RunAsync(CrashHome home, CrashNode node, Random random, long heights)
    {
        long first = node.Tip.Height.Value;
        (long height, long since) = (first, home.Disk.OperationCount);
        while (height - first < heights)
        {
            if (random.Next(4) == 0) await SubmitAsync(home, node, random);
            node.Step();
            long now = home.Disk.OperationCount;
            if (node.Tip.Height.Value > height) (height, since) = (node.Tip.Height.Value, now);
            Assert.True(now - since <= OperationsPerHeightMax, $"height {height} does not end");
        }
    }

    private static async Task SubmitAsync(CrashHome home, CrashNode node, Random random)
    {
        byte lane = (byte)random.Next(Lanes);
        Address sender = home.Owner.PublicKey.Address;
        TransactionBody body = new(
            CrashHome.ChainId,
            sender,
            lane,
            Ledger.Load(node.State, sender).NextSequence(lane),
            MaxFee: 1_000_000_000,
            Tip: 0,
            (ulong)(home.Time.NowMs / 1000 + 3_600),
            [new Transfer(Address.From(Sha256.Hash([9]).Span[..Address.Size]), 1, default)],
            "");
        AdmissionResult answer = await node.SubmitAsync(SignedTransaction.Sign(body, home.Owner).Bytes);
        // Where one waits in the lane already, another is not better paid; all else must pass.
        Assert.True((ResultCode)answer.Code is ResultCode.Ok or ResultCode.Duplicate or ResultCode.ReplacementUnderpriced, answer.Log);
    }

    private readonly record struct Ending(bool Started, bool DiskFault);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
