namespace Chain.Networking.Wire;

/// <summary>What reading the next frame came to.</summary>
internal enum FrameStatus
{
    Frame,
    Closed,
    Malformed,
}
