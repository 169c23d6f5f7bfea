using System.Text.Json.Serialization;

namespace Chain.Node.Hosting;

[JsonSourceGenerationOptions(
    WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(NodeConfig))]
internal sealed partial class NodeConfigJson : JsonSerializerContext;
