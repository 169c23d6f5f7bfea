using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>A provider that enrolled.</summary>
/// <param name="Round">In which it was drawn, from 1; 0 while it waits.</param>
/// <param name="Seal">What it committed to; zero before.</param>
/// <param name="Digest">The result that it revealed; zero before.</param>
public readonly record struct TaskWorker(Address Address, byte Round, Hash256 Seal, Hash256 Digest);
