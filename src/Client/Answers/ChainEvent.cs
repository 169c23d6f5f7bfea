using System.Collections.Generic;

namespace Chain.Client.Answers;

/// <summary>A fact that a transaction left: its type and its attributes in order.</summary>
public sealed record ChainEvent(string Type, IReadOnlyList<KeyValuePair<string, string>> Attributes);
