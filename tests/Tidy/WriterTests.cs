using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using Chain.Primitives.Codec;

namespace Chain.Tidy.Tests;

/// <summary>
/// A copy of a <see cref="MessagePackWriter"/> writes over what the first one wrote, so it is passed and kept by reference alone.
/// </summary>
public sealed class WriterTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_project_copies_a_writer() => Offenders.None(Repository.Files("src", "*.csproj")
        .SelectMany(file => Assembly.Load(AssemblyOf(Path.GetFileNameWithoutExtension(file))).GetTypes())
        .SelectMany(Copies));

    [Fact]
    public void Scan_finds_a_writer_that_is_passed_returned_or_kept_by_value() =>
        Assert.Equal(["Passed", "Returned", "Kept"], Copies(typeof(Offender)).Select(name => name.Split('.')[^1]));

    private static string AssemblyOf(string project) => project == "Chain.Cli" ? "chain" : project;

    private static IEnumerable<string> Copies(Type type) => type.GetMethods(All)
        .Cast<MethodBase>().Concat(type.GetConstructors(All))
        .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(MessagePackWriter))
            || (method as MethodInfo)?.ReturnType == typeof(MessagePackWriter)
            || LoadsByValue(method))
        .Select(method => $"{type}.{method.Name}");

    /// <summary>True when the code loads a writer out of a reference, the first half of a copy.</summary>
    private static bool LoadsByValue(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i + 4 < code.Length; i++)
        {
            bool isTypeToken = code[i + 4] is 0x01 or 0x02;
            if (code[i] != OpCodes.Ldobj.Value || !isTypeToken) continue;
            try
            {
                if (method.Module.ResolveType(BitConverter.ToInt32(code, i + 1)) == typeof(MessagePackWriter)) return true;
            }
            catch (ArgumentException)
            {
                // The middle of another instruction.
            }
        }
        return false;
    }

    private static class Offender
    {
        public static void Passed(MessagePackWriter writer) => writer.Nil();

        public static MessagePackWriter Returned() => new();

        public static void Kept(ref MessagePackWriter writer)
        {
            MessagePackWriter kept = writer;
            kept.Nil();
        }

        public static ref MessagePackWriter Fine(ref MessagePackWriter writer) => ref writer.Array(1).Nil();
    }
}
