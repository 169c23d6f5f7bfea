using System;

namespace Chain.Tests.Shared.Disk;

/// <summary>The machine stopped in the middle of an operation. No code under test may catch it.</summary>
public sealed class SimulatedCrashException() : Exception("the simulated machine stopped");
