using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Node.Snapshots;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Snapshots;

/// <summary>A validator that makes snapshots, served under several ids, and a new node beside it. All on one thread.</summary>
internal sealed class SyncWorld : IDisposable
{
    public const long Interval = 5;

    private readonly CrashHome _home = new();
    private readonly Queue<Action> _wire = new();

    public SyncWorld(long height)
    {
        Server = new CrashNode(_home, static (_, _) => { }, Interval);
        Server.Begin();
        RunTo(height);
    }

    public CrashNode Server { get; }

    public CrashHome Home => _home;

    public CrashHome NewHome { get; } = new(seed: 9);

    public List<PeerFault> Reported { get; } = [];

    /// <summary>Decides blocks and ticks after each.</summary>
    public void RunTo(long height)
    {
        while (Server.Tip.Height.Value < height)
        {
            Server.Step();
            Server.Core.Tick();
        }
        for (int i = 0; i < 20; i++) Server.Core.Tick();
    }

    public StateSync NewSync(long trustHeight)
    {
        NewHome.Time.Advance(Math.Max(0, _home.Time.NowMs - NewHome.Time.NowMs));
        return new StateSync(
            CrashHome.ChainId,
            new TrustedBlock(new Height(trustHeight), Server.Blocks.LoadMeta(new Height(trustHeight))!.Header.Hash()),
            LightOptions.Default(1_000_000_000),
            NewHome.Store,
            new NodeClock(NewHome.Time),
            Ed25519Verifier.Instance,
            NullLogger.Instance);
    }

    /// <summary>The server forgets its blocks below a height.</summary>
    public void Prune(Height keptFrom)
    {
        WriteBatch batch = new();
        using IKeyValueIterator walk = _home.Store.Iterate(Column.Blocks, [], new byte[7].Append((byte)keptFrom.Value).ToArray());
        while (walk.MoveNext())
        {
            // The set that later heights refer to stays, as it would with pruning.
            if (walk.Key[^1] != (byte)'v') batch.Delete(Column.Blocks, walk.Key);
        }
        _home.Store.Write(batch, sync: false);
    }

    public void Advance(long ms)
    {
        _home.Time.Advance(ms);
        NewHome.Time.Advance(ms);
    }

    /// <summary>Connects the sync to the server; each answer may be changed, or null to lose it.</summary>
    public Pipe Connect(StateSync sync, byte id, Func<PeerMessage, PeerMessage?>? change = null)
    {
        Pipe toServer = new(this, id);
        Pipe toSync = new(this, (byte)(id + 100));
        toServer.Receive = message => Server.Core.Handle(toSync, message);
        toSync.Receive = message =>
        {
            if ((change ?? (static same => same))(message) is { } left && toServer.IsOpen) sync.Handle(toServer, left);
        };
        toServer.Ended = () => sync.Disconnected(toServer);
        Server.Core.Connected(toSync);
        sync.Connected(toServer);
        return toServer;
    }

    /// <summary>Connects a node to the server; each of the server's messages may be changed, or null to lose it.</summary>
    /// <param name="blocks">What the server's hello says.</param>
    /// <returns>The node's end.</returns>
    public Pipe Connect(CrashNode node, byte id = 1, Func<PeerMessage, PeerMessage?>? change = null, BlockRange blocks = default)
    {
        Pipe toServer = new(this, id) { Blocks = blocks };
        Pipe toNode = new(this, (byte)(id + 100));
        toServer.Receive = message => Server.Handle(toNode, message);
        toNode.Receive = message =>
        {
            if ((change ?? (static same => same))(message) is { } left && toServer.IsOpen) node.Handle(toServer, left);
        };
        toServer.Ended = () => node.Core.Disconnected(toServer);
        Server.Core.Connected(toNode);
        node.Core.Connected(toServer);
        return toServer;
    }

    /// <summary>Delivers and lets time pass, in ticks, until a node has the server's blocks; answers how many milliseconds it took.</summary>
    public long RunUntilSynced(CrashNode node, long msMax)
    {
        for (long ms = 0; ms < msMax; ms += 100)
        {
            Deliver();
            if (node.Tip.Height == Server.Tip.Height) return ms;
            Advance(100);
            Server.Core.Tick();
            node.Core.Tick();
        }
        Assert.Fail($"the node stands at {node.Tip.Height} of {Server.Tip.Height} after {msMax} ms");
        return 0;
    }

    /// <summary>Delivers and lets time pass until the sync is done, at most so many ticks.</summary>
    public void Run(StateSync sync, int ticksMax = 600)
    {
        for (int i = 0; i < ticksMax && !sync.IsDone; i++)
        {
            Deliver();
            NewHome.Time.Advance(100);
            sync.Tick();
        }
    }

    public void Deliver()
    {
        while (_wire.TryDequeue(out Action? delivery)) delivery();
    }

    public void Dispose()
    {
        Server.Dispose();
        _home.Dispose();
        NewHome.Dispose();
    }

    /// <summary>One end of a connection.</summary>
    internal sealed class Pipe(SyncWorld world, byte id) : IPeer
    {
        public Address Id { get; } = Address.From(Sha256.Hash([id]).Span[..Address.Size]);

        public BlockRange Blocks { get; init; }

        public bool IsOpen { get; private set; } = true;

        public Action<PeerMessage> Receive { get; set; } = static _ => { };

        public Action Ended { get; set; } = static () => { };

        public List<PeerMessage> Sent { get; } = [];

        public bool TrySend(Channel channel, ReadOnlyMemory<byte> message)
        {
            if (!IsOpen) return false;
            Assert.True(message.Length <= NetworkLimits.For(channel).MessageBytesMax);
            Assert.True(PeerMessage.TryDecode(message.Span, out PeerMessage decoded, out DecodeError error), error.ToString());
            Assert.Equal(channel, decoded.Channel);
            Sent.Add(decoded);
            world._wire.Enqueue(() => Receive(decoded));
            return true;
        }

        public bool HasRoom(Channel channel) => true;

        public void Report(PeerFault fault)
        {
            world.Reported.Add(fault);
            if (fault is PeerFault.Lie or PeerFault.Malformed) Close();
        }

        public void Close()
        {
            if (!IsOpen) return;
            IsOpen = false;
            world._wire.Enqueue(Ended);
        }
    }
}
