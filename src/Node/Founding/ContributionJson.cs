using System.Text.Json.Serialization;

namespace Chain.Node.Founding;

[JsonSourceGenerationOptions(
    WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ContributionFile))]
internal sealed partial class ContributionJson : JsonSerializerContext;
