using System.Collections.Generic;

namespace Chain.StateMachine.Genesis;

/// <summary>A JSON value that knows where it stands, which the framework's document does not tell.</summary>
/// <param name="Path">For error texts.</param>
/// <param name="Text">Of a text, number or flag, as written.</param>
/// <param name="Members">Of an object, in file order; a list's items have empty names.</param>
internal sealed record JsonValue(
    JsonKind Kind, int Line, string Path, string Text, List<KeyValuePair<string, JsonValue>> Members);
