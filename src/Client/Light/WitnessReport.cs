using Chain.Consensus.Light;

namespace Chain.Client.Light;

/// <summary>One witness' answer.</summary>
/// <param name="Name">Its URL.</param>
/// <param name="Detail">More in words; may be empty.</param>
/// <param name="Conflict">Both headers, when it conflicts.</param>
public sealed record WitnessReport(string Name, WitnessState State, string Detail = "", HeaderConflict? Conflict = null);
