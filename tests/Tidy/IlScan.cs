using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Chain.Tidy.Tests;

/// <summary>
/// Reads the compiled code of an assembly for what must not decide a hash: floating point, and the order of a hash table.
/// A table that is enumerated behind an interface is not seen; the analyzer's bans and reviews are left for that.
/// </summary>
internal static class IlScan
{
    private static readonly string[] InexactTypes = ["System.Single", "System.Double", "System.Decimal", "System.Half"];

    private static readonly string[] HashTables =
    [
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Concurrent.ConcurrentDictionary`2",
        "System.Collections.Immutable.ImmutableDictionary`2",
        "System.Collections.Immutable.ImmutableHashSet`1",
        "System.Collections.Frozen.FrozenDictionary`2",
        "System.Collections.Frozen.FrozenSet`1",
        "System.Collections.Hashtable",
    ];

    private static readonly string[] Enumerating = ["GetEnumerator", "get_Keys", "get_Values", "CopyTo", "ToArray"];

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    /// <summary>What offends in the assembly, as "method: reason", optionally only in types whose name contains a word.</summary>
    public static IReadOnlyList<string> Offences(string assemblyFile, string typeFilter = "")
    {
        using PEReader image = new(File.OpenRead(assemblyFile));
        MetadataReader metadata = image.GetMetadataReader();
        List<string> offences = [];
        foreach (TypeDefinitionHandle typeHandle in metadata.TypeDefinitions)
        {
            string typeName = TypeNames.Instance.GetTypeFromDefinition(metadata, typeHandle, 0);
            if (!typeName.Contains(typeFilter, StringComparison.Ordinal)) continue;
            TypeDefinition type = metadata.GetTypeDefinition(typeHandle);
            foreach (FieldDefinitionHandle handle in type.GetFields())
            {
                FieldDefinition field = metadata.GetFieldDefinition(handle);
                string name = $"{typeName}.{metadata.GetString(field.Name)}";
                AddIfInexact(field.DecodeSignature(TypeNames.Instance, null), name, offences);
            }
            foreach (MethodDefinitionHandle handle in type.GetMethods()) ScanMethod(image, metadata, typeName, handle, offences);
        }
        return [.. offences.Distinct()];
    }

    private static void ScanMethod(
        PEReader image, MetadataReader metadata, string typeName, MethodDefinitionHandle handle, List<string> offences)
    {
        MethodDefinition method = metadata.GetMethodDefinition(handle);
        string name = $"{typeName}.{metadata.GetString(method.Name)}";
        AddIfInexact(Text(method.DecodeSignature(TypeNames.Instance, null)), name, offences);
        if (method.RelativeVirtualAddress == 0) return;
        MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            StandaloneSignature locals = metadata.GetStandaloneSignature(body.LocalSignature);
            AddIfInexact(string.Join(";", locals.DecodeLocalSignature(TypeNames.Instance, null)), name, offences);
        }
        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            ushort value = code.ReadByte();
            if (value == 0xfe) value = (ushort)(0xfe00 | code.ReadByte());
            OpCode opCode = OpCodesByValue[value];
            bool isFloat = opCode.Name!.Split('.').Any(part => part is "r4" or "r8" or "r");
            if (isFloat) offences.Add($"{name}: {opCode.Name}");
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineField)
            {
                CheckMember(metadata, MetadataTokens.EntityHandle(code.ReadInt32()), name, offences);
            }
            else
            {
                code.Offset += OperandSize(opCode.OperandType, code);
            }
        }
    }

    private static void CheckMember(MetadataReader metadata, EntityHandle handle, string caller, List<string> offences)
    {
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            MethodSpecification generic = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
            AddIfInexact(string.Join(";", generic.DecodeSignature(TypeNames.Instance, null)), caller, offences);
            handle = generic.Method;
        }
        if (handle.Kind != HandleKind.MemberReference) return;
        MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
        string name = metadata.GetString(member.Name);
        string owner = member.Parent.Kind switch
        {
            HandleKind.TypeReference =>
                TypeNames.Instance.GetTypeFromReference(metadata, (TypeReferenceHandle)member.Parent, 0),
            HandleKind.TypeSpecification =>
                TypeNames.Instance.GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)member.Parent, 0),
            _ => "",
        };
        string signature = member.GetKind() == MemberReferenceKind.Method
            ? Text(member.DecodeMethodSignature(TypeNames.Instance, null))
            : member.DecodeFieldSignature(TypeNames.Instance, null);
        AddIfInexact($"{owner};{signature}", $"{caller} ({name})", offences);
        bool isTable = HashTables.Any(table => owner.StartsWith(table, StringComparison.Ordinal));
        if (isTable && Enumerating.Contains(name)) offences.Add($"{caller}: enumerates {owner} by {name}");
    }

    private static string Text(MethodSignature<string> signature) =>
        $"{signature.ReturnType};{string.Join(";", signature.ParameterTypes)}";

    private static void AddIfInexact(string types, string where, List<string> offences)
    {
        foreach (string inexact in InexactTypes)
        {
            if (types.Contains(inexact, StringComparison.Ordinal)) offences.Add($"{where}: {inexact}");
        }
    }

    private static int OperandSize(OperandType type, BlobReader code) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * code.ReadInt32()),
        _ => 4,
    };
}
