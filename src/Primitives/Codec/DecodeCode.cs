namespace Chain.Primitives.Codec;

/// <summary>The ways in which bytes fail to be canonical.</summary>
public enum DecodeCode
{
    None = 0,

    /// <summary>The input ends inside a value.</summary>
    Truncated,

    /// <summary>Another type stands where this one is expected; maps, floats and extensions are always wrong.</summary>
    WrongType,

    /// <summary>A shorter form of the same value exists.</summary>
    NotShortest,

    /// <summary>An array has another number of elements than its schema.</summary>
    WrongArity,

    /// <summary>A number, length or enumeration is outside what the field allows.</summary>
    OutOfRange,

    /// <summary>A declared length is larger than what is left of the input.</summary>
    LengthExceedsInput,

    /// <summary>Text is not strict UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Arrays nest deeper than the limit.</summary>
    TooDeep,

    /// <summary>Bytes follow the value.</summary>
    TrailingBytes,

    /// <summary>A version or kind that these rules do not know.</summary>
    Unknown,
}
