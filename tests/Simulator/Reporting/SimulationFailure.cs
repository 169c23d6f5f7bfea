using System;

namespace Chain.Simulator.Reporting;

/// <summary>A checker found what must never be.</summary>
internal sealed class SimulationFailure(string what) : Exception(what);
