using Chain.Node.Core;
using Chain.Primitives.Crypto;
using Chain.Simulator.Checkers;
using Chain.Simulator.Clock;
using Chain.Simulator.Faults;
using Chain.Simulator.Network;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;
using Chain.StateMachine.Genesis;

namespace Chain.Simulator.Cluster;

/// <summary>What all nodes of a run share: time, network, genesis, and the checkers that look at all of them.</summary>
internal sealed class ClusterWorld
{
    private const int SignaturesMax = 1_000_000;

    public ClusterWorld(RunOptions options, PlantedFault fault, ClusterKeys keys, Trace trace)
    {
        (Options, Fault, Keys, Trace) = (options, fault, keys, trace);
        Dice = new Dice(options.Seed);
        Genesis = ClusterGenesis.Make(options, keys);
        Signatures = new VerifiedSignatures(Ed25519Verifier.Instance, SignaturesMax);
        Chain = new ChainChecker(Signatures, Totals);
        Signed = new SignatureChecker(Totals);
    }

    public RunOptions Options { get; }

    public PlantedFault Fault { get; }

    public ClusterKeys Keys { get; }

    public Trace Trace { get; }

    public Dice Dice { get; }

    public EventQueue Events { get; } = new();

    public GenesisDocument Genesis { get; }

    public SimulatedNetwork Network { get; set; } = null!;

    public Totals Totals { get; } = new() { Seeds = 1 };

    /// <summary>Verifies each signature once for the whole cluster.</summary>
    public ISignatureVerifier Signatures { get; }

    public ChainChecker Chain { get; }

    public SignatureChecker Signed { get; }

    /// <summary>The verifier of one life of a node.</summary>
    public ISignatureVerifier SignaturesOf() =>
        Options.VerifiesAll ? new VerifiedSignatures(Ed25519Verifier.Instance, SignaturesMax) : Signatures;
}
