using Chain.Primitives.Codec;

namespace Chain.StateMachine.Transactions;

/// <summary>Reads the fields of one kind, in order. Faults stick to the reader; what it returns then is not used.</summary>
public delegate Message MessageRead(ref MessagePackReader reader);
