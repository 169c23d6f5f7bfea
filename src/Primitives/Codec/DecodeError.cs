namespace Chain.Primitives.Codec;

/// <summary>Why bytes were refused, and where.</summary>
/// <param name="Code">What was wrong; <see cref="DecodeCode.None"/> when nothing was.</param>
/// <param name="Offset">Byte offset at which the offending value starts.</param>
public readonly record struct DecodeError(DecodeCode Code, int Offset)
{
    public bool IsError => Code != DecodeCode.None;

    public override string ToString() => $"{Code} at byte {Offset}";
}
