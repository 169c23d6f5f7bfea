namespace Chain.Client.Answers;

/// <summary>One step of a proof as it travels: its type (<c>ics23:smt</c>, <c>ics23:simple</c>), the key, the ICS-23 bytes.</summary>
public sealed record ProofOperation(string Type, byte[] Key, byte[] Data);
