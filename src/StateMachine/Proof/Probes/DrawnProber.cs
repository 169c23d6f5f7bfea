using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>Somebody who may be drawn in an epoch, with the stake that it had when the epoch's draw was made.</summary>
public readonly record struct DrawnProber(Address Address, ulong Weight);
