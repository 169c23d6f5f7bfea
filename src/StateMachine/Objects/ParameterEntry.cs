namespace Chain.StateMachine.Objects;

/// <summary>What is fixed about one parameter.</summary>
/// <param name="Name">In genesis files and queries; the unit stands last.</param>
/// <param name="Devnet">Value on development networks.</param>
/// <param name="Min">Least value, inclusive; <paramref name="Max"/> likewise.</param>
/// <param name="Meaning">For people.</param>
/// <param name="Step">How far one proposal may move it where half or double is less; 0 keeps it as the genesis set it.</param>
public sealed record ParameterEntry(
    ParameterId Id, string Name, ulong Default, ulong Devnet, ulong Min, ulong Max, string Meaning, ulong Step = 1);
