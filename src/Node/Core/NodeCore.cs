using Chain.Consensus.Core;
using Chain.Networking;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Core;

/// <summary>
/// A node without its threads: consensus, state, and the exchange with peers as one synchronous object, driven by calls. The
/// running node calls it from the replica's thread, the simulator from its event queue.
/// </summary>
public sealed class NodeCore(EffectRunner runner, PeerExchange exchange)
{
    /// <summary>The last decided block; may be read on any thread.</summary>
    public ChainTip Tip => runner.Tip;

    /// <summary>Peers hold blocks that are missing here.</summary>
    public bool IsBehind => exchange.IsBehind;

    /// <summary>Where consensus stands; null before <see cref="Begin"/>. On the replica's thread.</summary>
    public ConsensusView? Look() => runner.Look();

    /// <summary>Goes on where the log ends. Call once, before anything else.</summary>
    public void Begin() => runner.Begin();

    /// <summary>A timeout elapsed, or work came.</summary>
    public void Feed(Input input) => runner.Feed(input);

    public void Connected(IPeer peer) => exchange.Connected(peer);

    public void Disconnected(IPeer peer) => exchange.Disconnected(peer);

    /// <summary>A message of any channel but transactions, which <see cref="Mempool.TransactionIntake"/> takes.</summary>
    public void Handle(IPeer peer, PeerMessage message) => exchange.Handle(peer, message);

    /// <summary>Peers brought new transactions into the mempool.</summary>
    public void TransactionsCame() => exchange.TransactionsCame();

    /// <summary>Call every <see cref="PeerLimits.TickMs"/>.</summary>
    public void Tick() => exchange.Tick();

    /// <summary>No height begins any more. What is fed until <see cref="IsAtRest"/> finishes the one that runs.</summary>
    public void BeginStop() => runner.BeginStop();

    /// <summary>Stopping, and nothing was signed beyond the last block: a start needs nothing of the log.</summary>
    public bool IsAtRest => runner.IsAtRest;

    /// <summary>Makes everything durable. Nothing may be fed after it.</summary>
    public void EndStop() => runner.EndStop();
}
