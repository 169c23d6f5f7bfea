using Chain.Primitives.Codec;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>One to five for each facet of a lease.</summary>
public readonly record struct Stars(byte Quality, byte Reliability, byte Communication)
{
    public const byte Least = 1;
    public const byte Most = 5;

    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 3;

    public bool IsInRange => InRange(Quality) && InRange(Reliability) && InRange(Communication);

    /// <summary>What a reply carries.</summary>
    public bool IsNone => Quality == 0 && Reliability == 0 && Communication == 0;

    public void Write(ref MessagePackWriter writer) => writer.UInt(Quality).UInt(Reliability).UInt(Communication);

    public static Stars Read(ref MessagePackReader reader) => new(reader.UInt8(), reader.UInt8(), reader.UInt8());

    private static bool InRange(byte stars) => stars is >= Least and <= Most;
}
